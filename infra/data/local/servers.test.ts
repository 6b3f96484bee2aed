import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, test } from 'vitest';
import pg from 'pg';
import { runsAsRoot } from '../../../tools/tool-cache.ts';
import { UserError } from '../../../tools/user-error.ts';
import { ensurePostgres, findPostgres } from '../postgres/local/find.ts';
import { describeRedis, ensureRedis, findRedis } from '../redis/local/find.ts';

const scratch = mkdtempSync(join(tmpdir(), 'servers-'));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true }));

const quiet = () => undefined;
// Postgres refuses to run as root. 65534 is the user `nobody` on Linux.
const user = runsAsRoot() ? { uid: 65_534, gid: 65_534 } : {};

async function orReason<T>(server: Promise<T>): Promise<T | string> {
  return server.catch((error: Error) => error.message.split('\n')[0] ?? '');
}

test('Postgres of the requested major version starts as an ordinary user and answers', async (t) => {
  const server = await orReason(ensurePostgres('17', quiet));
  if (typeof server === 'string') return t.skip(server);
  assert.match(server.version, /^17\./);
  const data = join(scratch, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  const options = { cwd: data, ...user, encoding: 'utf8' } as const;
  const initdb = spawnSync(
    join(server.bin, 'initdb'),
    ['-D', join(data, 'db'), '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    options,
  );
  assert.equal(initdb.status, 0, initdb.stderr);
  const settings = ['listen_addresses=', `unix_socket_directories=${data}`, 'fsync=off'];
  const args = ['-D', join(data, 'db'), ...settings.flatMap((setting) => ['-c', setting])];
  const postgres = spawn(join(server.bin, 'postgres'), args, { ...options, stdio: 'ignore' });
  const ended = once(postgres, 'exit');
  try {
    const client = await whenReady(async () => {
      const attempt = new pg.Client({ host: data, user: 'owner', database: 'postgres' });
      await attempt.connect();
      return attempt;
    });
    const { rows } = await client.query<{ answer: string }>(
      "select current_setting('server_version') as answer",
    );
    assert.equal(rows[0]?.answer, server.version);
    await client.end();
  } finally {
    postgres.kill('SIGINT');
    await ended;
  }
});

test('a Redis server starts and answers', async (t) => {
  const server = await orReason(ensureRedis('7', quiet));
  if (typeof server === 'string') return t.skip(server);
  const socket = join(scratch, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', scratch];
  const redis = spawn(server.executable, args, { stdio: 'ignore' });
  const ended = once(redis, 'exit');
  try {
    const connection = await whenReady(async () => {
      const attempt = connect(socket);
      await once(attempt, 'connect');
      return attempt;
    });
    connection.write('PING\r\n');
    const [answer] = (await once(connection, 'data')) as [Buffer];
    assert.equal(answer.toString(), '+PONG\r\n');
    connection.destroy();
  } finally {
    redis.kill('SIGTERM');
    await ended;
  }
});

test('a major version that cannot be downloaded is an error that names the package to install', async () => {
  assert.equal(await findPostgres('3'), undefined);
  assert.equal(await findRedis('3'), undefined);
  await assert.rejects(ensurePostgres('3', quiet), (error: Error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /Postgres 3 is not installed on this machine .*Install the server/);
    return true;
  });
});

test('Redis of another major version is not used, and Valkey replaces Redis 7 only', async () => {
  const folder = join(scratch, 'bin');
  mkdirSync(folder);
  const answers = (line: string) =>
    writeFileSync(join(folder, 'redis-server'), `#!/bin/sh\necho '${line} sha=0'\n`, { mode: 0o755 });
  const { PATH, RAILHEAD_CACHE_DIR } = process.env;
  process.env.PATH = folder;
  process.env.RAILHEAD_CACHE_DIR = join(scratch, 'no-cache');
  const found = async (major: string) => {
    const server = await findRedis(major);
    return server && describeRedis(server, major);
  };
  try {
    answers('Redis server v=6.2.14');
    assert.deepEqual([await found('7'), await found('8')], [undefined, undefined]);
    answers('Redis server v=8.2.1');
    assert.deepEqual([await found('7'), await found('8')], [undefined, 'Redis 8.2.1']);
    answers('Valkey server v=9.1.2');
    assert.deepEqual([await found('7'), await found('8')], ['Valkey 9.1.2 in place of Redis 7', undefined]);
  } finally {
    process.env.PATH = PATH;
    if (RAILHEAD_CACHE_DIR === undefined) delete process.env.RAILHEAD_CACHE_DIR;
    else process.env.RAILHEAD_CACHE_DIR = RAILHEAD_CACHE_DIR;
  }
});

async function whenReady<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await setTimeout(50);
    }
  }
}
