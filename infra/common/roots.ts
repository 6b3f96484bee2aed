import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../tools/user-error.ts';

/** Absolute path of Railhead itself: the folder of its package.json, in a clone or below node_modules. */
export const packageRoot = above(import.meta.dirname, 'package.json')!;

/**
 * Returns the absolute path of the user's project: the nearest folder with a Pulumi.yaml, from the current folder upwards,
 * as Pulumi finds it. Stack files, sources and `.railhead` are relative to it. Throws UserError.
 */
export function projectRoot(): string {
  const found = findProject();
  if (found !== undefined) return found;
  throw new UserError(
    `There is no Pulumi.yaml in ${process.cwd()} or above it. Change to the folder of your project, or make one: npx --no -- railhead init`,
  );
}

/** Returns the folder that `projectRoot` names, or undefined outside a project. */
export function findProject(): string | undefined {
  return above(process.cwd(), 'Pulumi.yaml');
}

function above(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  return dirname(folder) === folder ? undefined : above(dirname(folder), file);
}
