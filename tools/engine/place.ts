import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isExecutable } from '../executables.ts';
import { packageRoot } from '../package-root.ts';
import { builtEngine } from './build.ts';
import type { Engine } from './types.ts';
import { pulumiHome } from './home.ts';
import { pinnedVersion } from './version.ts';

/** The content of `placed.json`, which records the origin of a CLI. */
interface Placed {
  origin: string;
  /** Identifies the build and the project of a built CLI. If it has changed, the CLI is placed again. */
  build?: string;
}

/** Returns the CLI that was fetched for this project before, from the path that the official launcher uses. */
export function placedEngine(root: string): Engine | undefined {
  const executable = join(versionFolder(root), 'bin', 'pulumi');
  if (!isExecutable(executable)) return undefined;
  const record = join(versionFolder(root), 'placed.json');
  const placed = existsSync(record) ? readPlaced(record) : { origin: 'downloaded by the official launcher' };
  if (placed === undefined) return undefined;
  const { origin, build } = placed;
  if (build !== undefined && build !== buildKey(root)) return undefined;
  return { executable, version: pinnedVersion, origin };
}

/** Returns undefined if the record is incomplete, so that the CLI is placed again. */
function readPlaced(record: string): Placed | undefined {
  try {
    const { origin, build } = JSON.parse(readFileSync(record, 'utf8')) as Partial<Placed>;
    return typeof origin === 'string' ? { origin, ...(build !== undefined && { build }) } : undefined;
  } catch {
    return undefined;
  }
}

/** Moves the launcher's download to its path in the project. */
export function placeDownload(root: string, folder: string, reason: string): Engine {
  return place(root, folder, { origin: `downloaded by the official launcher (${reason})` });
}

/** Puts the built CLI of the tool cache and the JavaScript language host into one folder, as in a download. */
export function placeBuilt(root: string, reason: string): Engine {
  const folder = join(pulumiHome(root), `built-${process.pid}`);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true, mode: 0o700 });
  linkOrCopy(builtEngine(), join(bin, 'pulumi'));
  const node = nodeOf(root);
  writeStarter(join(bin, 'pulumi-language-nodejs'), [node, join(packageRoot, 'dist', 'language-host.js')]);
  writeStarter(join(bin, 'pulumi-resource-pulumi-nodejs'), [
    node,
    createRequire(join(packageRoot, 'package.json')).resolve('@pulumi/pulumi/cmd/dynamic-provider'),
  ]);
  const origin = `built from its Go module, with the JavaScript language host (${reason})`;
  return place(root, folder, { origin, build: buildKey(root) });
}

function place(root: string, folder: string, placed: Placed): Engine {
  writeFileSync(join(folder, 'placed.json'), JSON.stringify(placed));
  const target = versionFolder(root);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  renameSync(folder, target);
  return { executable: join(target, 'bin', 'pulumi'), version: pinnedVersion, origin: placed.origin };
}

function versionFolder(root: string): string {
  return join(pulumiHome(root), 'versions', pinnedVersion);
}

/** Returns the Node that is installed in the project, or else the one that runs this command. */
function nodeOf(root: string): string {
  const installed = join(root, 'node_modules', '.bin', 'node');
  return isExecutable(installed) ? installed : process.execPath;
}

/** Returns the key of a build. It includes the paths that the starter scripts contain. */
function buildKey(root: string): string {
  return `${builtEngine()} for ${root} with ${nodeOf(root)} and ${packageRoot}`;
}

/**
 * Hard-links or copies a file. The engine looks for its language host in the folder of its real file, so no symbolic
 * link.
 */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Another file system, or a file of another user.
    copyFileSync(from, to);
  }
}

function writeStarter(file: string, words: string[]): void {
  const command = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
}
