import type { Folder } from './folder.ts';
import { manifestOf } from './scripts.ts';

/** The package manager of a folder of Node, as commands. */
export interface PackageManager {
  name: 'npm' | 'pnpm' | 'yarn';
  /** Runs the program itself. The image of Node contains npm alone: npx has the others. */
  program: string;
  /** Installs all packages, those of the lock file if there is one. */
  install: string;
  /** Installs the packages that the service runs with. */
  production: string;
  /** Removes what only a build needs, after `install`; undefined if the package manager cannot. */
  prune?: string;
}

/** Returns the package manager that a folder names in its package.json, or else whose lock file it has. */
export function packageManager(folder: Folder): PackageManager {
  const declared = manifestOf(folder)['packageManager'];
  const text = typeof declared === 'string' ? declared : '';
  const [, name, version] = /^(npm|pnpm|yarn)@(\d+(?:\.\d+)*)/.exec(text) ?? [];
  if (name === 'pnpm' || (name === undefined && folder.has('pnpm-lock.yaml'))) return pnpm(folder, version);
  if (name === 'yarn' || (name === undefined && folder.has('yarn.lock'))) return yarn(folder, version);
  return npm(folder);
}

/** Whether a folder has a lock file of its own, so that its packages can be installed without those around it. */
export function hasLockFile(folder: Folder): boolean {
  return ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'].some((file) =>
    folder.has(file),
  );
}

/** Whether a folder is the root of a workspace of npm, pnpm or Yarn. */
export function isWorkspace(folder: Folder): boolean {
  return folder.has('pnpm-workspace.yaml') || manifestOf(folder)['workspaces'] !== undefined;
}

function npm(folder: Folder): PackageManager {
  const install = folder.has('package-lock.json') ? 'npm ci' : 'npm install --no-package-lock';
  const quiet = '--no-audit --no-fund';
  return {
    name: 'npm',
    program: 'npm',
    install: `${install} ${quiet}`,
    production: `${install} --omit=dev ${quiet}`,
    prune: `npm prune --omit=dev ${quiet}`,
  };
}

function pnpm(folder: Folder, named: string | undefined): PackageManager {
  const program = `npx --yes pnpm@${named ?? pnpmOf(folder)}`;
  const isWorkspace = folder.has('pnpm-workspace.yaml');
  // An artifact is below the project, whose workspace does not contain it.
  const alone = isWorkspace ? '' : ' --ignore-workspace';
  const install = `${program} install${alone}${folder.has('pnpm-lock.yaml') ? ' --frozen-lockfile' : ''}`;
  return {
    name: 'pnpm',
    program,
    install,
    production: `${install} --prod`,
    // pnpm cannot prune the packages of a workspace.
    ...(!isWorkspace && { prune: `${program} prune${alone} --prod` }),
  };
}

/** Returns the newest major version of pnpm that wrote the format of the lock file. */
function pnpmOf(folder: Folder): string {
  const format = /^lockfileVersion:\s*'?(\d+\.\d+)/m.exec(folder.text('pnpm-lock.yaml'))?.[1] ?? '';
  return formats[format] ?? '10';
}

const formats: Readonly<Record<string, string>> = { '5.3': '6', '5.4': '7', '6.0': '8', '6.1': '8' };

function yarn(folder: Folder, named: string | undefined): PackageManager {
  const major = named?.split('.', 1)[0] ?? (/^__metadata:/m.test(folder.text('yarn.lock')) ? '4' : '1');
  if (major === '1') {
    const program = `npx --yes yarn@${named ?? '1'}`;
    const install = `${program} install${folder.has('yarn.lock') ? ' --frozen-lockfile' : ''}`;
    return {
      name: 'yarn',
      program,
      install,
      production: `${install} --production`,
      prune: `${install} --production --ignore-scripts`,
    };
  }
  // Without `node_modules`, the packages would be in a folder of the user that the artifact does not contain.
  const program = `YARN_NODE_LINKER=node-modules npx --yes --package=@yarnpkg/cli-dist@${named ?? major} yarn`;
  const install = `${program} install${folder.has('yarn.lock') ? ' --immutable' : ' --no-immutable'}`;
  if (Number(major) < 4) return { name: 'yarn', program, install, production: install };
  const focus = `${program} workspaces focus --all --production`;
  return { name: 'yarn', program, install, production: focus, prune: focus };
}
