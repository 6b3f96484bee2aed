import type { RuntimeKind } from './kind.ts';
import { programIn } from './program.ts';
import { scriptsOf } from './scripts.ts';
import { fetchCheck } from './server-check.ts';

/** Bun: it installs the packages of its lockfile, and runs TypeScript as it is. */
export const bun = {
  contents: 'Bun',
  programs: /^bunx?$/,
  markers: ['bun.lock', 'bun.lockb', 'bunfig.toml'],
  versionIn: (folder) =>
    /^v?(\d+[\d.]*)/.exec(folder.text('.bun-version'))?.[1] ??
    /"packageManager"\s*:\s*"bun@(\d+[\d.]*)/.exec(folder.text('package.json'))?.[1],
  image: { reference: (version) => `oven/bun:${version}-slim`, version: '1' },
  caches: ['/root/.bun/install/cache'],
  environment: {},
  packages: 'node_modules',
  check: fetchCheck(['bun', '-e']),
  build: (folder) => {
    if (!folder.has('package.json')) return undefined;
    const frozen = lockfiles.some((file) => folder.has(file)) ? ' --frozen-lockfile' : '';
    const production = `bun install${frozen} --production`;
    if (scriptsOf(folder, 'package.json', 'scripts').build === undefined) return production;
    return `bun install${frozen} && bun run build && rm -rf node_modules && ${production}`;
  },
  start: (folder) => {
    if (scriptsOf(folder, 'package.json', 'scripts').start !== undefined) return 'bun run start';
    const program = programIn(folder);
    return program && `bun ${program}`;
  },
} as const satisfies RuntimeKind;

const lockfiles = ['bun.lock', 'bun.lockb'];
