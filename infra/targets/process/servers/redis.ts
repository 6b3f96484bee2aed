import { join } from 'node:path';
import { capture, type Progress } from '../../../../tools/command.ts';
import { toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../stack/problem.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { installDebianRedis, debianFolder } from './redis-debian.ts';
import { installValkeyWheel, valkeyFolder, valkeyWheel } from './valkey-wheel.ts';

/** A real Redis or Valkey server on this machine. */
export interface RedisServer {
  /** Absolute path of `redis-server` or `valkey-server`. */
  executable: string;
  /** Such as `7.0.15`. */
  version: string;
  /** Where it comes from, for people. */
  origin: string;
}

// What BullMQ needs.
const oldest = [6, 2];

/** A server that is on this machine already. */
export async function findRedis(): Promise<RedisServer | undefined> {
  for (const { folder, name, origin } of candidates()) {
    const server = await inspect(folder, name, origin);
    if (server) return server;
  }
  return undefined;
}

/** As findRedis, and installs one into the tool cache where none is found. Throws UserError where that cannot be done. */
export async function ensureRedis(progress: Progress): Promise<RedisServer> {
  const found = await findRedis();
  if (found) return found;
  const reasons: string[] = [];
  for (const install of [installValkeyWheel, installDebianRedis]) {
    const problem = await install(progress);
    if (problem !== undefined) reasons.push(problem);
    const installed = await findRedis();
    if (installed) return installed;
  }
  throw new UserError(
    `There is no Redis server (>= ${oldest.join('.')}) on this machine and none could be fetched:\n${reasons.join('\n')}\nInstall one with the system's package manager, such as: apt-get install redis-server, brew install redis`,
  );
}

function candidates(): { folder: string; name: string; origin: string }[] {
  const folders = [...pathFolders(), '/opt/homebrew/bin', '/usr/local/bin'];
  return [
    ...folders.flatMap((folder) =>
      ['redis-server', 'valkey-server'].map((name) => ({ folder, name, origin: 'on the PATH' })),
    ),
    { folder: join(toolCache(), valkeyFolder), name: 'valkey-server', origin: `Python wheel ${valkeyWheel}` },
    {
      folder: join(toolCache(), debianFolder),
      name: 'redis-server',
      origin: 'package redis-server of the system',
    },
  ];
}

async function inspect(folder: string, name: string, origin: string): Promise<RedisServer | undefined> {
  // Redis looks at the name it is called by, so the link itself is what to start.
  if (resolveExecutable(folder, name) === undefined) return undefined;
  const executable = join(folder, name);
  const { stdout } = await capture(executable, ['--version'], { timeout: 10_000 });
  const version = /(?:Redis|Valkey) server v=(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined || !isNewEnough(version)) return undefined;
  return { executable, version, origin };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
