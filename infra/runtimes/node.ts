import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { neededFor, workspaceStart, type Needed } from './node-needs.ts';
import { nodeSetup } from './node-setup.ts';
import { startOf } from './node-start.ts';
import { packageManager } from './packages.ts';
import { dependenciesOf, scriptsOf } from './scripts.ts';

/** Node: TypeScript is bundled, unless the folder brings a build of its own. */
export const node = {
  contents: 'Node',
  programs: /^(node|npm|npx|yarn)$/,
  markers: ['package.json'],
  caches: ['/root/.npm'],
  environment: {},
  packages: 'node_modules',
  setup: nodeSetup,
  install: (folder) => (dependenciesOf(folder).size === 0 ? undefined : packageManager(folder).install),
  compile: (folder) =>
    scriptsOf(folder, 'package.json', 'scripts').build === undefined
      ? undefined
      : `${packageManager(folder).program} run build`,
  build: (folder, { start }) => {
    const needed = neededFor(folder, start);
    return needed && commandsFor(needed, folder, start);
  },
  start: startOf,
} as const satisfies RuntimeKind;

/** Returns the commands that install packages, and for a build run it and remove the packages that only it needs. */
function commandsFor(needed: Needed, folder: Folder, start: string | undefined): string {
  const { install, production, program, prune } = packageManager(folder);
  if (needed !== 'build') return needed === 'all packages' ? install : production;
  const hasScript = scriptsOf(folder, 'package.json', 'scripts').build !== undefined;
  const { workspace } = workspaceStart(start);
  const own = workspace === undefined ? 'npx next build' : `npm --prefix ${workspace} run build`;
  const build = hasScript ? `${program} run build` : own;
  return [install, build, prune].filter((command) => command !== undefined).join(' && ');
}
