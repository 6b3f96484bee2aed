import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openToOthers, runsAsRoot } from '../../../tools/tool-cache.ts';
import { npmCommand } from '../../commands.ts';
import { UserError } from '../../stack/problem.ts';
import { environmentPaths, servicePaths, sharedDataFolder, type Place } from './paths.ts';
import { readWorkload } from './supervisor/control.ts';

/**
 * Folder of a data server, made or not. In the clone; where its server runs as another user who cannot
 * reach the clone (one in /root, say), under /var/lib. Data that are there already decide.
 */
export function dataFolder({ root, environment, name }: Place): string {
  const inClone = join(environmentPaths(root, environment).data, name);
  const shared = join(sharedDataFolder(root, environment), name);
  const existing = [inClone, shared].find((folder) => existsSync(folder));
  return existing ?? (runsAsRoot() && !openToOthers(root) ? shared : inClone);
}

/**
 * Removes all data of an environment and returns the folders that went. Throws a UserError, with
 * nothing removed, while one of its services runs.
 */
export async function removeData(root: string, environment: string): Promise<string[]> {
  const shared = sharedDataFolder(root, environment);
  const parents = [environmentPaths(root, environment).data, shared];
  const folders = parents.flatMap((parent) => subfolders(parent));
  for (const folder of folders) {
    const name = basename(folder);
    if (readWorkload(servicePaths({ root, environment, name }).workload) === undefined) continue;
    throw new UserError(
      `${name} of ${environment} is running, so its data were not removed. Take it down first: ${npmCommand('down', environment)}`,
    );
  }
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  for (const empty of [shared, dirname(shared)]) removeIfEmpty(empty);
  return folders;
}

function subfolders(parent: string): string[] {
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
