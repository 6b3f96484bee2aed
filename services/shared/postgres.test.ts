import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import type { Pool } from 'pg';
import { silent } from '../../tests/rota.ts';
import { startPostgres, type TestPostgres } from '../../tests/servers.ts';
import { openPostgres, transaction } from './postgres.ts';
import { isPostgresUnavailable } from './postgres-errors.ts';
import { createServer } from './server.ts';

const app = createServer(silent);
let server: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  server = await startPostgres();
  pool = openPostgres(app, server.url, 10);
  await pool.query(`create table things (name text, n int); insert into things values ('a', 0), ('b', 0)`);
});
afterAll(async () => {
  await app.close();
  await server.close();
});

test('a transaction that Postgres aborts for a deadlock is retried', async () => {
  let attempts = 0;
  let arrived = 0;
  let open = () => {};
  const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
  const change = (names: string[]) =>
    transaction(pool, async (client) => {
      attempts++;
      for (const name of names) {
        await client.query('update things set n = n + 1 where name = $1', [name]);
        if (++arrived === 2) open();
        await bothHoldOne;
      }
    });
  await Promise.all([change(['a', 'b']), change(['b', 'a'])]);
  assert.equal(attempts, 3);
  const { rows } = await pool.query<{ n: number }>('select n from things');
  assert.deepEqual(
    rows.map(({ n }) => n),
    [2, 2],
  );
});

test('a connection that breaks in a transaction is not used again', async () => {
  const dying = transaction(pool, (client) => client.query('select pg_terminate_backend(pg_backend_pid())'));
  await assert.rejects(dying, (error) => isPostgresUnavailable(error));
  const lost = transaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const closed = new Promise<void>((resolve) => client.once('end', resolve));
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await closed;
  });
  await assert.rejects(lost, (error) => isPostgresUnavailable(error));
  for (let n = 0; n < 5; n++) await pool.query('select 1');
});
