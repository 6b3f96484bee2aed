import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../../tools/command.ts';
import { docker } from './docker.ts';
import { runShown, type Finished } from './run-shown.ts';

/** The container in which a build runs. */
export interface BuildContainer {
  image: string;
  /** Folders that all builds of the runtime share. */
  caches: readonly string[];
}

/** The folder of the service in its image. A build runs in the same one, because installed programs can contain the path. */
export const imageFolder = '/app';

/**
 * Runs a command in a container and replaces the files of a folder by the result. The files are copied to the daemon and back,
 * since a daemon on another machine cannot mount them. Throws UserError if the container cannot be used.
 */
export async function buildInImage(
  folder: string,
  command: string,
  variables: Readonly<Record<string, string>>,
  { image, caches }: BuildContainer,
): Promise<Finished> {
  const environment = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const volumes = caches.flatMap((cache) => ['--volume', `${volumeOf(cache)}:${cache}`]);
  const options = ['--user', '0', '--workdir', imageFolder, '--label', 'railhead.build', ...volumes];
  const started = ['--entrypoint', '/bin/sh', image, '-c', command];
  const id = (await docker(['create', ...options, ...environment, ...started])).trim();
  try {
    await docker(['cp', `${folder}/.`, `${id}:${imageFolder}`]);
    const finished = await runShown('docker', ['start', '--attach', id]);
    if (finished.code === 0) {
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
      await docker(['cp', `${id}:${imageFolder}/.`, folder]);
    }
    return finished;
  } finally {
    await capture('docker', ['rm', '--force', id]);
  }
}

/** Returns the name of the volume with a cache: `/root/.npm` → `railhead-cache.root.npm`. */
function volumeOf(cache: string): string {
  return `railhead-cache${cache.replace(/[^a-z0-9]+/gi, '.')}`;
}
