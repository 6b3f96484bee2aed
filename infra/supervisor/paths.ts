import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Identifies one service of one environment of one clone. */
export interface Place {
  /** Absolute path of the clone. */
  root: string;
  environment: string;
  name: string;
}

/** Returns the absolute paths of an environment's folders: `<clone>/.railhead/<environment>/…`. */
export function environmentPaths(root: string, environment: string) {
  const base = join(root, '.railhead', environment);
  return { base, services: join(base, 'services'), logs: join(base, 'logs'), data: join(base, 'data') };
}

/** Returns the paths of a service. `workload`: the folder of its records. `data`: its data, which outlive `down`. */
export function servicePaths({ root, environment, name }: Place) {
  const { services, logs, data } = environmentPaths(root, environment);
  return { workload: join(services, name), log: join(logs, `${name}.log`), data: join(data, name) };
}

/** Returns the data folder for servers whose user cannot reach the clone. */
export function sharedDataFolder(root: string, environment: string): string {
  return join('/var/lib/railhead', cloneId(root), environment);
}

/** Returns 12 hex digits that identify this clone among all clones on the machine. */
export function cloneId(root: string): string {
  return createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
}

/** Creates the folders of a service. Other users can pass through to data that they own, but cannot list any folder. */
export function makeEnvironmentFolders({ root, environment, name }: Place): void {
  const { base, services, logs, data } = environmentPaths(root, environment);
  for (const folder of [join(root, '.railhead'), base, data]) makeFolder(folder, 0o711);
  for (const folder of [services, join(services, name), logs]) makeFolder(folder, 0o700);
}

/** Creates the folder and its missing parents with a mode that lets every user pass through. */
export function makePassableFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePassableFolder(dirname(folder));
  makeFolder(folder, 0o711);
}

/** Creates the folder and its parents. The folder itself gets exactly `mode`, regardless of the umask. */
export function makeFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}
