import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { scriptsOf } from './scripts.ts';

/** Node: TypeScript is bundled, unless the folder brings a build of its own. */
export const node = {
  contents: 'Node',
  programs: /^(node|npm|npx|yarn)$/,
  markers: ['package.json'],
  caches: ['/root/.npm'],
  environment: {},
  packages: 'node_modules',
  build: (folder, { start }) => (needsBuild(folder, start) ? ownBuild(folder) : undefined),
  start: (folder) => {
    const command = scripts(folder).start;
    return !folder.has('main.ts') && command?.startsWith('node ') ? command : undefined;
  },
} as const satisfies RuntimeKind;

/** Whether a start command runs a file that only the script `build` of the folder makes. */
function needsBuild(folder: Folder, start = 'node main.js'): boolean {
  const name = /^node ([\w./-]+)\.[cm]?js\b/.exec(start)?.[1];
  const exists = ['js', 'cjs', 'mjs', 'ts'].some((ending) => folder.has(`${name}.${ending}`));
  return name !== undefined && !exists && scripts(folder).build !== undefined;
}

/** Returns the commands that install the packages, run the script `build` and remove the packages that only it needs. */
function ownBuild(folder: Folder): string {
  const install = folder.has('package-lock.json') ? 'npm ci' : 'npm install --no-package-lock';
  return `${install} --no-audit --no-fund && npm run build && npm prune --omit=dev --no-audit --no-fund`;
}

function scripts(folder: Folder): Record<string, string> {
  return scriptsOf(folder, 'package.json', 'scripts');
}
