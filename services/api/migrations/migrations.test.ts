import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { Client, type QueryResultRow } from 'pg';
import { migrate } from '../../../tests/rota.ts';
import { startPostgres, type TestPostgres } from '../../../tests/servers.ts';
import { migrations } from './index.ts';

let postgres: TestPostgres;
let urls: Awaited<ReturnType<TestPostgres['createDatabase']>>;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());
beforeEach(async () => {
  urls = await postgres.createDatabase();
});

const counter = { name: '9001-counter', sql: 'create table counter (n int); insert into counter values (1)' };

test('a second run changes nothing', async () => {
  await migrate(urls.ownerUrl);
  const first = await applied();
  await migrate(urls.ownerUrl);
  assert.deepEqual(await applied(), first);
  assert.deepEqual(
    first.map(({ name }) => name),
    migrations.map(({ name }) => name),
  );
});

test('several processes at once apply each migration once', async () => {
  await Promise.all(Array.from({ length: 8 }, () => migrate(urls.ownerUrl, [...migrations, counter])));
  assert.equal((await query(urls.ownerUrl, 'select * from counter')).length, 1);
});

test('a failed migration is rolled back, and the ones before it stay', async () => {
  const broken = { name: '9002-broken', sql: 'create table half (n int); select 1 / 0' };
  await assert.rejects(migrate(urls.ownerUrl, [counter, broken]), /9002-broken failed and was rolled back/);
  assert.deepEqual(
    (await applied()).map(({ name }) => name),
    ['9001-counter'],
  );
  await assert.rejects(query(urls.ownerUrl, 'select * from half'), /does not exist/);
});

test('a migration that was changed after it was applied is refused', async () => {
  await migrate(urls.ownerUrl, [counter]);
  await assert.rejects(migrate(urls.ownerUrl, [{ ...counter, sql: 'select 1' }]), /9001-counter has changed/);
});

test('a database that is newer than this version is refused', async () => {
  await migrate(urls.ownerUrl, [...migrations, counter]);
  await assert.rejects(migrate(urls.ownerUrl), /9001-counter, which this version does not contain/);
});

test('the api can write rows but not the schema, the worker can only read', async () => {
  await migrate(urls.ownerUrl);
  const insert = `insert into outbox (kind, shift_id, shift, correlation_id) values ('x', gen_random_uuid(), '{}', 'y')`;
  await query(urls.appUrl, insert);
  assert.equal((await query(urls.readonlyUrl, 'select * from outbox')).length, 1);
  await assert.rejects(query(urls.appUrl, 'create table mine (n int)'), /permission denied/);
  await assert.rejects(query(urls.appUrl, 'drop table shifts'), /must be owner/);
  await assert.rejects(query(urls.readonlyUrl, insert), /permission denied/);
});

function applied(): Promise<{ name: string }[]> {
  return query<{ name: string }>(urls.ownerUrl, 'select * from schema_migrations order by name');
}

async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
