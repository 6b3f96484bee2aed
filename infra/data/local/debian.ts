import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, withProgress, type Progress } from '../../../tools/command.ts';
import { installOnce, runsAsRoot } from '../../../tools/tool-cache.ts';

/** A server from the system's packages. */
export interface DebianServer {
  /** Names the folder in the tool cache: `redis`. */
  product: string;
  /** The product name in messages. */
  title: string;
  /** The packages to unpack. The first one names the server in messages. */
  packages: [string, ...string[]];
  /** The programs to start, and their paths in the packages. */
  programs: Record<string, string>;
}

/** Returns the folder in the tool cache that contains the programs. */
export function debianFolder({ product }: Pick<DebianServer, 'product'>): string {
  return `${product}-debian-${process.arch}`;
}

/**
 * Unpacks system packages and their missing libraries into the tool cache. Installs nothing in the system and starts no
 * service. Returns the reason if that fails.
 */
export async function unpackDebian(server: DebianServer, progress: Progress): Promise<string | undefined> {
  const [main] = server.packages;
  const { code } = await capture('apt-get', ['--version'], { timeout: 10_000 });
  if (code !== 0) return '  apt-get is not installed, so the system package cannot be unpacked.';
  try {
    await installOnce(debianFolder(server), progress, (folder) =>
      withProgress(progress, `Fetching a ${server.title} server (system package ${main})`, () =>
        fetchInto(folder, server),
      ),
    );
    return undefined;
  } catch (error) {
    return `  apt-get could not download ${main}: ${(error as Error).message}`;
  }
}

async function fetchInto(folder: string, { packages, programs }: DebianServer): Promise<void> {
  const download = join(folder, 'download');
  const root = join(folder, 'root');
  mkdirSync(download);
  let needed = await neededPackages(folder, packages);
  if (needed.length === 0 && runsAsRoot()) {
    await command('apt-get', ['update'], folder);
    needed = await neededPackages(folder, packages);
  }
  if (needed.length === 0)
    throw new Error(`apt-get finds no package ${packages[0]}; run as root: apt-get update`);
  // By default apt-get downloads as another user, who cannot write to this folder. The option makes it use the current
  // user.
  await command('apt-get', ['-o', 'APT::Sandbox::User=', 'download', ...needed], download);
  for (const file of globSync('*.deb', { cwd: download })) {
    await command('dpkg-deb', ['-x', join(download, file), root], folder);
  }
  for (const [name, path] of Object.entries(programs)) writeStarter(folder, name, path);
  rmSync(download, { recursive: true });
}

/** Returns the names of the packages to download: those that are wanted, and their libraries missing on this machine. */
async function neededPackages(cwd: string, packages: string[]): Promise<string[]> {
  const plan = ['install', '--print-uris', '--yes', '--no-install-recommends', '--reinstall', ...packages];
  const { stdout } = await capture('apt-get', plan, { cwd });
  return [...stdout.matchAll(/^'[^']+' ([^_ ]+)_\S+\.deb /gm)].map((match) => match[1] ?? '');
}

function writeStarter(folder: string, name: string, path: string): void {
  const libraries = globSync('root/{usr/,}lib/*-linux-*/', { cwd: folder }).map((path) => `$here/${path}`);
  const lines = [
    '#!/bin/sh',
    'here=$(dirname "$0")',
    `LD_LIBRARY_PATH="${libraries.join(':')}" exec "$here/root/${path}" "$@"`,
  ];
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o755 });
}

async function command(name: string, args: string[], cwd: string): Promise<void> {
  const { code, problem } = await capture(name, args, { cwd });
  if (code !== 0) throw new Error(problem);
}
