import type { RuntimeKind } from './kind.ts';
import { programIn } from './program.ts';
import { scriptsOf } from './scripts.ts';
import { fetchCheck } from './server-check.ts';

const manifests = ['deno.json', 'deno.jsonc'];

/** Deno: its modules are cached in `.deno`, so that a replica downloads nothing. */
export const deno = {
  contents: 'Deno',
  programs: /^deno$/,
  markers: [...manifests, 'deno.lock'],
  versionIn: (folder) =>
    /^v?(\d+\.\d+\.\d+)/.exec(folder.text('.deno-version') || folder.text('.dvmrc'))?.[1],
  // There is no image for a major version.
  image: { reference: (version) => `denoland/deno:${version}`, version: '2.9.6' },
  caches: [],
  environment: { DENO_DIR: '.deno', DENO_NO_UPDATE_CHECK: '1' },
  packages: '.deno',
  check: fetchCheck(['deno', 'eval']),
  build: (folder) => {
    const program = programIn(folder);
    return program && `deno cache ${program}`;
  },
  start: (folder) => {
    const tasks = manifests.map((file) => scriptsOf(folder, file, 'tasks'));
    if (tasks.some(({ start }) => start !== undefined)) return 'deno task start';
    const program = programIn(folder);
    return program && `deno run --allow-all ${program}`;
  },
} as const satisfies RuntimeKind;
