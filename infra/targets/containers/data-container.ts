import type { Input } from '@pulumi/pulumi';
import type { DataService, Stack } from '../../stack/schema.ts';

/** How a data server runs in a container, whatever runs the container. The root file system may be read-only. */
export interface DataContainer {
  /** Takes the place of the image's entry point. */
  command: string[];
  environment: Record<string, string>;
  port: number;
  /** Files of `scriptsFolder` by name. */
  scripts: Record<string, string>;
  /** Files of `secretsFolder` by name. */
  secrets: Record<string, Input<string>>;
  /** Folders that must be writable besides `dataFolder`, and empty when the container is made. */
  scratch: string[];
  /** Commands that end with 0 while the server answers at all, and once it may be used. */
  probes: { alive: string[]; ready: string[] };
}

/** Where the volume is. Not the image's own folder: that moved with Postgres 18. */
export const dataFolder = '/data';
export const scriptsFolder = '/etc/railhead';
export const secretsFolder = '/run/secrets/railhead';

/** User and group of the official images of Postgres and Redis. */
export const dataUser = 999;

/** Seconds from SIGTERM to SIGKILL. */
export const dataGrace = 90;

/** The official image of a data server, or the one that the stack file names instead. */
export function serverImage(images: Stack['images'], { kind, version }: DataService): string {
  return images[kind] ?? `${kind}:${version}`;
}

export function shell(script: string): string[] {
  return ['sh', '-c', script];
}
