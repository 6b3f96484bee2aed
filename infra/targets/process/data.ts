import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { capture } from '../../../tools/command.ts';
import { openToOthers, runsAsRoot } from '../../../tools/tool-cache.ts';
import { npmCommand } from '../../common/commands.ts';
import { formatSize } from '../../common/size.ts';
import { UserError } from '../../../tools/user-error.ts';
import { sortStores, type Data, type DataPlace, type Store } from '../shared/data.ts';
import { environmentPaths, servicePaths, sharedDataFolder, type Place } from '../../supervisor/paths.ts';
import { readWorkload } from '../../supervisor/control.ts';
import { workloadFolders } from '../../supervisor/folders.ts';

/**
 * Returns the folder of a data server, which may not exist yet. The folder is in the project, or under /var/lib if the
 * server runs as another user who cannot reach the project (a project in /root, for example). A folder that exists in
 * either place has priority.
 */
export function dataFolder({ root, environment, name }: Place): string {
  const inClone = join(environmentPaths(root, environment).data, name);
  const shared = join(sharedDataFolder(root, environment), name);
  const existing = [inClone, shared].find((folder) => existsSync(folder));
  return existing ?? (runsAsRoot() && !openToOthers(root) ? shared : inClone);
}

/**
 * Returns the data of an environment: one folder per data server and volume, with the name of the service or the `id` of
 * the volume (`api.cache`, `shared.uploads`).
 */
export function processData({ root, environment }: Pick<DataPlace, 'root' | 'environment'>): Data {
  const shared = sharedDataFolder(root, environment);
  const parents = [environmentPaths(root, environment).data, shared];
  const folders = () => parents.flatMap((parent) => subfolders(parent));
  return {
    list: async () => sortStores(await Promise.all(folders().map(describe))),
    async remove() {
      const found = folders();
      requireStopped(found, root, environment);
      await Promise.all(found.map((folder) => rm(folder, { recursive: true })));
      for (const empty of [shared, dirname(shared)]) removeIfEmpty(empty);
    },
  };
}

async function describe(folder: string): Promise<Store> {
  // The time-out limits the wait for a big folder; its size is then left out.
  const { code, stdout } = await capture('du', ['-sk', folder], { timeout: 2_000 });
  const size = code === 0 ? `, ${formatSize(1024 * Number.parseInt(stdout, 10))}` : '';
  return { service: basename(folder), what: `${folder}${size}` };
}

/** Throws UserError if one of the services runs. */
function requireStopped(folders: string[], root: string, environment: string): void {
  const { services } = environmentPaths(root, environment);
  const owners = folders.flatMap((folder) => {
    const [owner = ''] = basename(folder).split('.');
    return owner === 'shared' ? workloadFolders(services).map((each) => basename(each)) : [owner];
  });
  for (const name of new Set(owners)) {
    if (readWorkload(servicePaths({ root, environment, name }).workload) === undefined) continue;
    throw new UserError(
      `${name} of ${environment} is running, so no data were removed. Take it down first: ${npmCommand('down', environment)}`,
    );
  }
}

function subfolders(parent: string): string[] {
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
