import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../../tools/user-error.ts';
import { packageRoot } from '../common/roots.ts';
import { addCommand } from './package-manager.ts';

const sdk = '@pulumi/pulumi';

/**
 * Returns the path of an installed package relative to `root`: the nearest node_modules that contains it, as Node finds
 * it. The path goes through the link that pnpm makes, so it stays the same with the next version. Undefined if missing.
 */
export function installedPath(root: string, name: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return relative(root, path);
    if (dirname(folder) === folder) return undefined;
  }
}

/** Returns the path of Railhead relative to the project. Throws UserError if it is not installed for the project. */
export function requireRailhead(root: string): string {
  const path = installedPath(root, 'railhead');
  if (path !== undefined) return path;
  const yarn = ['.pnp.cjs', '.pnp.js'].map((file) => nearest(root, file)).find((file) => file !== undefined);
  if (yarn !== undefined) throw plugAndPlay(yarn);
  throw new UserError(
    `Railhead is not installed in ${root} or above it, so Pulumi would not find its plugin. Nothing was written.\nInstall it: ${addCommand(root)} ${JSON.stringify(packageRoot)}`,
  );
}

/**
 * Returns the step that installs `@pulumi/pulumi`, if the project does not find it: Pulumi loads it from the folder of the
 * program. npm and Yarn install it with Railhead; pnpm does not put a peer dependency where the project finds it.
 */
export function missingPackages(root: string): string[] {
  if (installedPath(root, sdk) !== undefined) return [];
  return [`${addCommand(root)} ${sdk}@${versionOf(sdk)}`];
}

/** Returns the version of a package that Railhead works with. */
function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Record<
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

function nearest(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return join(folder, name);
  return dirname(folder) === folder ? undefined : nearest(dirname(folder), name);
}
