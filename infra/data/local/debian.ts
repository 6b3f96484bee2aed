import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../../../tools/command.ts';
import { installOnce, runsAsRoot } from '../../../tools/tool-cache.ts';

/** The folder in the tool cache that contains `redis-server`. */
export const debianFolder = `redis-debian-${process.arch}`;

/**
 * Unpacks the system's redis-server package and its missing libraries into the tool cache. Installs nothing in the
 * system and starts no service. Returns the reason if that fails.
 */
export async function installDebianRedis(progress: Progress): Promise<string | undefined> {
  const { code } = await capture('apt-get', ['--version'], { timeout: 10_000 });
  if (code !== 0) return '  apt-get is not installed, so the system package cannot be unpacked.';
  try {
    await installOnce(debianFolder, progress, (folder) =>
      withProgress(progress, 'Fetching a Redis server (system package redis-server)', () =>
        fetchInto(folder),
      ),
    );
    return undefined;
  } catch (error) {
    return `  apt-get could not download redis-server: ${(error as Error).message}`;
  }
}

async function fetchInto(folder: string): Promise<void> {
  const download = join(folder, 'download');
  const root = join(folder, 'root');
  mkdirSync(download);
  let packages = await neededPackages(folder);
  if (packages.length === 0 && runsAsRoot()) {
    await command('apt-get', ['update'], folder);
    packages = await neededPackages(folder);
  }
  if (packages.length === 0)
    throw new Error('apt-get finds no package redis-server; run as root: apt-get update');
  // By default apt-get downloads as another user, who cannot write to this folder. The option makes it use the current
  // user.
  await command('apt-get', ['-o', 'APT::Sandbox::User=', 'download', ...packages], download);
  for (const file of globSync('*.deb', { cwd: download })) {
    await command('dpkg-deb', ['-x', join(download, file), root], folder);
  }
  writeStarter(folder);
  rmSync(download, { recursive: true });
}

/** Returns the names of the packages to download: redis-server, redis-tools and their libraries missing on this machine. */
async function neededPackages(cwd: string): Promise<string[]> {
  const plan = [
    'install',
    '--print-uris',
    '--yes',
    '--no-install-recommends',
    '--reinstall',
    'redis-server',
    'redis-tools',
  ];
  const { stdout } = await capture('apt-get', plan, { cwd });
  return [...stdout.matchAll(/^'[^']+' ([^_ ]+)_\S+\.deb /gm)].map((match) => match[1] ?? '');
}

function writeStarter(folder: string): void {
  const libraries = globSync('root/{usr/,}lib/*-linux-*/', { cwd: folder }).map((path) => `$here/${path}`);
  const lines = [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    `LD_LIBRARY_PATH="${libraries.join(':')}" exec "$here/root/usr/bin/redis-server" "$@"`,
  ];
  writeFileSync(join(folder, 'redis-server'), `${lines.join('\n')}\n`, { mode: 0o755 });
}

async function command(name: string, args: string[], cwd: string): Promise<void> {
  const { code, problem } = await capture(name, args, { cwd });
  if (code !== 0) throw new Error(problem);
}
