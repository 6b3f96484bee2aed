import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../common/folders.ts';

/** Identifies one service of one environment of one project. */
export interface Place {
  /** Absolute path of the project. */
  root: string;
  environment: string;
  name: string;
}

/** Returns the absolute paths of an environment's folders: `<project>/.railhead/<environment>/…`. */
export function environmentPaths(root: string, environment: string) {
  const base = join(root, '.railhead', environment);
  return { base, services: join(base, 'services'), logs: join(base, 'logs'), data: join(base, 'data') };
}

/** Returns the paths of a service. `workload`: the folder of its records. `data`: its data, which outlive `down`. */
export function servicePaths({ root, environment, name }: Place) {
  const { services, logs, data } = environmentPaths(root, environment);
  return { workload: join(services, name), log: join(logs, `${name}.log`), data: join(data, name) };
}

/** Returns the data folder for servers whose user cannot reach the project. */
export function sharedDataFolder(root: string, environment: string): string {
  return join('/var/lib/railhead', cloneId(root), environment);
}

/** Returns 12 hex digits that identify this project among all projects on the machine. */
function cloneId(root: string): string {
  return createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
}

/** Creates the folders of a service. Other users can pass through to data that they own, but cannot list any folder. */
export function makeEnvironmentFolders({ root, environment, name }: Place): void {
  const { base, services, logs, data } = environmentPaths(root, environment);
  for (const folder of [join(root, '.railhead'), base, data]) makeFolder(folder, 0o711);
  for (const folder of [services, join(services, name), logs]) makeFolder(folder, 0o700);
}
