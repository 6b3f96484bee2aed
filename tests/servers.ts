import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { ensurePostgres } from '../infra/data/postgres/local/find.ts';
import { ensureRedis } from '../infra/data/redis/local/find.ts';
import { reservePort } from '../infra/supervisor/ports.ts';
import { capture } from '../tools/command.ts';
import { runsAsRoot } from '../tools/tool-cache.ts';

/** A real server for one test file, on a free loopback port, with its data in a temporary folder. */
export interface TestServer {
  url: string;
  /** Kills the server, as in a crash. The data stay. */
  stop: () => Promise<void>;
  /** Restarts the server on the same port, and resolves once it responds. */
  start: () => Promise<void>;
  /** Stops the server and deletes its data. */
  close: () => Promise<void>;
}

export interface TestPostgres extends TestServer {
  /** Creates an empty database with the three roles that every target gives a Postgres service. */
  createDatabase: () => Promise<{ ownerUrl: string; appUrl: string; readonlyUrl: string }>;
}

/** `settings` of the server, such as `max_connections=40`. */
export async function startPostgres(...settings: string[]): Promise<TestPostgres> {
  const { bin } = await ensurePostgres('17', printProgress);
  const user = await postgresUser();
  const folder = temporaryFolder('postgres', user);
  const data = join(folder, 'data');
  const initdb = spawn(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = (await once(initdb, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  settings.push(`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off');
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const server = await startServer(join(bin, 'postgres'), args, { ...user, cwd: folder }, 'SIGQUIT', () =>
    runSql(url, 'select 1'),
  );
  let databases = 0;
  return {
    url,
    ...server,
    createDatabase: () => createDatabase(url, `test${++databases}`),
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startRedis(): Promise<TestServer> {
  const { executable } = await ensureRedis('7', printProgress);
  const folder = temporaryFolder('redis', {});
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  args.push('--appendonly', 'yes', '--maxmemory-policy', 'noeviction');
  const server = await startServer(executable, args, { cwd: folder }, 'SIGKILL', () => ping(url));
  return {
    url,
    ...server,
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Returns a free loopback port. It is reserved until this process ends: no other test and no outgoing connection gets
 * it, so that a server may stop and start again on it.
 */
export async function freePort(): Promise<number> {
  return (await reservePort('127.0.0.1')).port;
}

async function createDatabase(url: string, name: string) {
  const [owner, app, readonly] = [`${name}_owner`, `${name}_app`, `${name}_readonly`];
  await runSql(
    url,
    `create role ${owner} login; create role ${app} login; create role ${readonly} login`,
    `create database ${name} owner ${owner}`,
  );
  const as = (role: string) => {
    const result = new URL(url);
    result.username = role;
    result.pathname = name;
    return result.href;
  };
  await runSql(
    as(owner),
    `alter default privileges grant select, insert, update, delete on tables to ${app};
     alter default privileges grant usage on sequences to ${app};
     alter default privileges grant select on tables to ${readonly}`,
  );
  return { ownerUrl: as(owner), appUrl: as(app), readonlyUrl: as(readonly) };
}

async function startServer(
  executable: string,
  args: string[],
  options: SpawnOptions,
  stopSignal: NodeJS.Signals,
  answers: () => Promise<void>,
): Promise<Pick<TestServer, 'start' | 'stop'>> {
  let child: ChildProcess | undefined;
  const endWithUs = () => child?.kill(stopSignal);
  process.on('exit', endWithUs);

  async function start(): Promise<void> {
    const started = spawn(executable, args, { ...options, stdio: 'ignore' });
    child = started;
    for (;;) {
      if (started.exitCode !== null || started.signalCode !== null)
        throw new Error(`${executable} ended with ${started.exitCode ?? started.signalCode}`);
      try {
        return await answers();
      } catch {
        // The server does not respond yet. If it exits, the check above ends the wait.
        await sleep(20);
      }
    }
  }

  async function stop(): Promise<void> {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill(stopSignal);
      await once(child, 'exit');
    }
  }

  await start();
  return { start, stop };
}

async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  // `connect` rejects with the same error.
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

/** Postgres refuses to run as root. */
async function postgresUser(): Promise<{ uid?: number; gid?: number }> {
  if (!runsAsRoot()) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => capture('id', [flag, 'nobody'])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

function temporaryFolder(name: string, { uid, gid }: { uid?: number; gid?: number }): string {
  const folder = mkdtempSync(join(tmpdir(), `rota-${name}-`));
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

function printProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}
