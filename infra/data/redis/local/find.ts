import { join } from 'node:path';
import { capture, type Progress } from '../../../../tools/command.ts';
import { toolCache } from '../../../../tools/tool-cache.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { debianFolder, unpackDebian, type DebianServer } from '../../local/debian.ts';
import { installWheel, wheels } from './wheel.ts';

/** A Redis or Valkey server that is installed on this machine. */
export interface RedisServer {
  product: 'Redis' | 'Valkey';
  /** Absolute path of `redis-server` or `valkey-server`. */
  executable: string;
  /** For example `7.0.15`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

const debian: DebianServer = {
  product: 'redis',
  title: 'Redis',
  packages: ['redis-server', 'redis-tools'],
  programs: { 'redis-server': 'usr/bin/redis-server' },
};

/** Returns an installed Redis of the major version, or a Valkey that replaces it; undefined if there is none. */
export async function findRedis(major: string): Promise<RedisServer | undefined> {
  for (const { folder, name, origin } of candidates()) {
    const server = await inspect(folder, name, origin);
    if (server && (isOfMajor(server, major) || standsIn(server, major))) return server;
  }
  return undefined;
}

/** Returns an installed server (findRedis), or installs one into the tool cache. Throws UserError if that fails. */
export async function ensureRedis(major: string, progress: Progress): Promise<RedisServer> {
  const found = await findRedis(major);
  if (found) return found;
  const reasons: string[] = [];
  const wheel = wheels[major];
  const installers = [
    ...(wheel ? [() => installWheel(wheel, progress)] : []),
    () => unpackDebian(debian, progress),
  ];
  for (const install of installers) {
    const problem = await install();
    if (problem !== undefined) reasons.push(problem);
    const installed = await findRedis(major);
    if (installed) return installed;
  }
  throw new UserError(
    [
      `Redis ${major} is not installed on this machine and could not be downloaded.`,
      ...reasons,
      `Install redis-server ${major} with the system's package manager, or choose the target docker, which runs any version.`,
    ].join('\n'),
  );
}

/** Returns `Redis 7.0.15`, or `Valkey 9.1.2 in place of Redis 7`. */
export function describeRedis(server: RedisServer, major: string): string {
  const name = `${server.product} ${server.version}`;
  return standsIn(server, major) ? `${name} in place of Redis ${major}` : name;
}

function isOfMajor({ product, version }: RedisServer, major: string): boolean {
  return product === 'Redis' && version.split('.')[0] === major;
}

/** Valkey was forked from Redis 7.2 and has its commands, but not those that Redis 8 has added. */
function standsIn({ product }: RedisServer, major: string): boolean {
  return product === 'Valkey' && major === '7';
}

function candidates(): { folder: string; name: string; origin: string }[] {
  const folders = [...pathFolders(), '/opt/homebrew/bin', '/usr/local/bin'];
  return [
    ...folders.flatMap((folder) =>
      ['redis-server', 'valkey-server'].map((name) => ({ folder, name, origin: 'on the PATH' })),
    ),
    ...Object.values(wheels).map(({ folder, program, spec }) => ({
      folder: join(toolCache(), folder),
      name: program,
      origin: `Python wheel ${spec}`,
    })),
    {
      folder: join(toolCache(), debianFolder(debian)),
      name: 'redis-server',
      origin: 'system package redis-server',
    },
  ];
}

async function inspect(folder: string, name: string, origin: string): Promise<RedisServer | undefined> {
  // The path of the link, not of its target: Redis selects its mode by the name under which it is started.
  if (resolveExecutable(folder, name) === undefined) return undefined;
  const executable = join(folder, name);
  const { stdout } = await capture(executable, ['--version'], { timeout: 10_000 });
  const [, product, version] = /(Redis|Valkey) server v=(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
  if (version === undefined) return undefined;
  return { product: product === 'Valkey' ? product : 'Redis', executable, version, origin };
}
