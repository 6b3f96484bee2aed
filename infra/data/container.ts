import type { SecretText } from './text.ts';

/** The container of a data server, for every target with containers. The root file system may be read-only. */
export interface DataContainer {
  /** Replaces the image's entry point. */
  command: string[];
  environment: Record<string, string>;
  port: number;
  /** The files of `scriptsFolder` by name. */
  scripts: Record<string, string>;
  /** The files of `secretsFolder` by name. */
  secrets: Record<string, SecretText>;
  /** Folders that must be writable in addition to `dataFolder`, and empty when the container is created. */
  scratch: string[];
  /** Commands that exit with 0: `alive` while the server answers, `ready` when it can be used. */
  probes: { alive: string[]; ready: string[] };
}

/** The mount path of the volume. It is not the image's default folder, which moved with Postgres 18. */
export const dataFolder = '/data';
export const scriptsFolder = '/etc/railhead';
export const secretsFolder = '/run/secrets/railhead';

/** User and group of the official images. */
export const dataUser = 999;

/** Seconds from SIGTERM to SIGKILL. */
export const dataGrace = 90;

export function shell(script: string): string[] {
  return ['sh', '-c', script];
}
