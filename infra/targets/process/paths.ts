import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One service of one environment of one clone. */
export interface Place {
  /** Absolute path of the clone. */
  root: string;
  environment: string;
  name: string;
}

/** Folders of an environment, all absolute: `<clone>/.railhead/<environment>/…`. */
export function environmentPaths(root: string, environment: string) {
  const base = join(root, '.railhead', environment);
  return { base, services: join(base, 'services'), logs: join(base, 'logs'), data: join(base, 'data') };
}

/** `workload` is the folder of spec.json and status.json; `data` outlives `down`. */
export function servicePaths({ root, environment, name }: Place) {
  const { services, logs, data } = environmentPaths(root, environment);
  return { workload: join(services, name), log: join(logs, `${name}.log`), data: join(data, name) };
}

/** Where a data server keeps its files when its user cannot reach the clone. */
export function sharedDataFolder(root: string, environment: string): string {
  return join('/var/lib/railhead', cloneId(root), environment);
}

/** 12 hex digits that tell this clone from every other one on the machine. */
export function cloneId(root: string): string {
  return createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
}

/** Others may pass through to data that belongs to them, and see nothing else. */
export function makeEnvironmentFolders({ root, environment, name }: Place): void {
  const { base, services, logs, data } = environmentPaths(root, environment);
  for (const folder of [join(root, '.railhead'), base, data]) makeFolder(folder, 0o711);
  for (const folder of [services, join(services, name), logs]) makeFolder(folder, 0o700);
}

/** Makes the folder and what is missing above it so that every user may pass through. */
export function makePassableFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePassableFolder(dirname(folder));
  makeFolder(folder, 0o711);
}

/** Makes the folder and its parents; `mode` holds for the folder itself, whatever the umask is. */
export function makeFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}
