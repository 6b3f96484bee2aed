import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../tools/package-root.ts';
import { UserError } from '../../tools/user-error.ts';
import { railheadCommand } from './commands.ts';

export { packageRoot };

/** Returns the text of a file of Railhead that the package has as it is, such as `infra/data/postgres/start.sh`. */
export function packageFile(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}

/** Returns the version of Railhead. */
export function packageVersion(): string {
  return (JSON.parse(packageFile('package.json')) as { version: string }).version;
}

/** Returns the version of a package that Railhead was built and tested with. */
export function builtWith(name: string): string {
  const { devDependencies } = JSON.parse(packageFile('package.json')) as {
    devDependencies: Record<string, string>;
  };
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`${name} is not a devDependency of Railhead`);
  return version;
}

/** Returns the absolute path of a built file of Railhead, such as `supervisor.js`. */
export function builtFile(path: string): string {
  return join(packageRoot, 'dist', path);
}

/**
 * Returns the absolute path of the user's project: the nearest folder with a Pulumi.yaml, from the current folder upwards,
 * as Pulumi finds it. Stack files, sources and `.railhead` are relative to it. Throws UserError.
 */
export function projectRoot(): string {
  const found = findProject();
  if (found !== undefined) return found;
  throw new UserError(
    `There is no Pulumi.yaml in ${process.cwd()} or above it. Change to the folder of your project, or make one: ${railheadCommand(undefined, 'init')}`,
  );
}

/** Returns the folder that `projectRoot` names, or undefined outside a project. */
export function findProject(): string | undefined {
  return folderAbove(process.cwd(), 'Pulumi.yaml');
}

/** Returns the nearest folder that contains `file`: `folder` or one above it. */
export function folderAbove(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  return dirname(folder) === folder ? undefined : folderAbove(dirname(folder), file);
}
