import { join, relative } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { folderAbove, packageFile, packageRoot } from '../common/roots.ts';
import { addCommand } from './package-manager.ts';

const sdk = '@pulumi/pulumi';

/**
 * Returns the path of an installed package relative to `root`: the nearest node_modules that contains it, as Node finds
 * it. The path goes through the link that pnpm makes, so it stays the same with the next version. Undefined if missing.
 */
export function installedPath(root: string, name: string): string | undefined {
  const path = join('node_modules', name);
  const folder = folderAbove(root, join(path, 'package.json'));
  return folder && relative(root, join(folder, path));
}

/** Returns the path of Railhead relative to the project. Throws UserError if it is not installed for the project. */
export function requireRailhead(root: string): string {
  const path = installedPath(root, 'railhead');
  if (path !== undefined) return path;
  for (const file of ['.pnp.cjs', '.pnp.js']) {
    const folder = folderAbove(root, file);
    if (folder !== undefined) throw plugAndPlay(join(folder, file));
  }
  throw new UserError(
    `Railhead is not installed in ${root} or above it, so Pulumi would not find its plugin. Nothing was written.\nInstall it: ${addCommand(root)} ${JSON.stringify(packageRoot)}`,
  );
}

/**
 * Returns the step that installs the packages that the project needs and does not find. Pulumi loads `@pulumi/pulumi` from the
 * folder of the program: npm and Yarn install it with Railhead; pnpm does not put a peer dependency where the project finds it.
 * Gateways run in workerd.
 */
export function missingPackages(root: string, hasGateway: boolean): string[] {
  const needed = [sdk, ...(hasGateway ? ['workerd'] : [])];
  const missing = needed.filter((name) => installedPath(root, name) === undefined);
  if (missing.length === 0) return [];
  return [`${addCommand(root)} ${missing.map((name) => `${name}@${versionOf(name)}`).join(' ')}`];
}

/** Returns the version of a package that Railhead works with. */
function versionOf(name: string): string {
  const manifest = JSON.parse(packageFile('package.json')) as Record<
    'peerDependencies' | 'dependencies',
    Record<string, string> | undefined
  >;
  return manifest.peerDependencies?.[name] ?? manifest.dependencies?.[name] ?? 'latest';
}

function plugAndPlay(file: string): UserError {
  return new UserError(
    `${file} shows that Yarn installs packages without node_modules (Plug'n'Play), where Pulumi and Railhead's plugin find no package. Nothing was written.\nWrite "nodeLinker: node-modules" into .yarnrc.yml, then: yarn install`,
  );
}
