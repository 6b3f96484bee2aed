import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../../tools/command.ts';
import { hasEnded, ownerName } from '../common/owner.ts';
import type { Secrets } from './build-secrets.ts';
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

/** The label of a build's container. Its value names the process that runs the build. */
const buildLabel = 'railhead.build';

/**
 * The script that runs a command with the secrets from its stdin. The daemon would show an environment variable of the
 * container in its description, and keep a file of the container on its disk.
 */
const withSecrets = 'eval "$(cat)" && exec /bin/sh -c "$1" </dev/null';

/** Returns the lines of a shell that export secrets. */
function exportsOf(secrets: Secrets): string {
  const lines = Object.entries(secrets).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Runs a command in a container and replaces the files of a folder by the result. The files are copied to the daemon and back,
 * since a daemon on another machine cannot mount them. Throws UserError if the container cannot be used.
 */
export async function buildInImage(
  folder: string,
  command: string,
  variables: Readonly<Record<string, string>>,
  secrets: Secrets,
  { image, caches }: BuildContainer,
): Promise<Finished> {
  const environment = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const volumes = caches.flatMap((cache) => ['--volume', `${volumeOf(cache)}:${cache}`]);
  // The daemon keeps no log of what a build prints: `start --attach` shows it.
  const options = ['--interactive', '--log-driver', 'none', '--user', '0', '--workdir', imageFolder];
  const started = [
    '--label',
    `${buildLabel}=${ownerName()}`,
    '--entrypoint',
    '/bin/sh',
    image,
    '-c',
    withSecrets,
    'sh',
    command,
  ];
  await removeLeft();
  const id = (await docker(['create', ...options, ...volumes, ...environment, ...started])).trim();
  try {
    await docker(['cp', `${folder}/.`, `${id}:${imageFolder}`]);
    const input = exportsOf(secrets);
    const finished = await runShown('docker', ['start', '--attach', '--interactive', id], { input });
    if (finished.code === 0) {
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
      await docker(['cp', `${id}:${imageFolder}/.`, folder]);
    }
    return finished;
  } finally {
    await capture('docker', ['rm', '--force', id]);
  }
}

/** Removes the containers of builds whose process on this machine was killed. */
async function removeLeft(): Promise<void> {
  const format = `{{.ID}} {{.Label "${buildLabel}"}}`;
  const found = await docker([
    'ps',
    '--all',
    '--no-trunc',
    '--filter',
    `label=${buildLabel}`,
    '--format',
    format,
  ]);
  const left = found
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, owner = '']) => hasEnded(owner));
  // Another build may remove the same containers at this moment.
  if (left.length > 0) await capture('docker', ['rm', '--force', ...left.map(([id = '']) => id)]);
}

/** Returns the name of the volume with a cache: `/root/.npm` → `railhead-cache.root.npm`. */
function volumeOf(cache: string): string {
  return `railhead-cache${cache.replace(/[^a-z0-9]+/gi, '.')}`;
}
