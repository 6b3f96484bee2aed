import type { Folder } from './folder.ts';
import type { RuntimeKind } from './kind.ts';
import { neededFor, type Needed } from './node-needs.ts';
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
    return needed && commandsFor(needed, folder);
  },
  start: startOf,
} as const satisfies RuntimeKind;

/** Returns the commands that install packages, and for a build run it and remove the packages that only it needs. */
function commandsFor(needed: Needed, folder: Folder): string {
  const { install, production, program, prune } = packageManager(folder);
  if (needed !== 'build') return needed === 'all packages' ? install : production;
  const hasScript = scriptsOf(folder, 'package.json', 'scripts').build !== undefined;
  const build = hasScript ? `${program} run build` : 'npx next build';
  return [install, build, prune].filter((command) => command !== undefined).join(' && ');
}
