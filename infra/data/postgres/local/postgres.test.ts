import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'vitest';
import type { ServiceError } from '@grpc/grpc-js';
import pg from 'pg';
import { runsAsRoot } from '../../../../tools/tool-cache.ts';
import { loopbackAddress } from '../../../targets/process/address.ts';
import { dataFolder, processData } from '../../../targets/process/data.ts';
import { environmentPaths, servicePaths, sharedDataFolder } from '../../../supervisor/paths.ts';
import { decodeProperties } from '../../../provider/wire.ts';
import { isAlive } from '../../../common/process-identity.ts';
import { readWorkload } from '../../../supervisor/control.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../../../targets/process/testing/plugin.ts';
import { unless } from '../../../../tools/testing/unless.ts';

const db = urn('Postgres', 'db');
const notRoot = runsAsRoot() ? undefined : 'only root starts Postgres as another user';

function postgresInputs(root: string, changes: object = {}) {
  const host = loopbackAddress(root, environment);
  const values = { root, environment, name: 'db', version: '17', host, port: 5432, database: 'rota' };
  return { values: { ...values, state: 'ready', ...changes }, secrets: [] };
}

test('Postgres has three roles, and its data and passwords outlive the server', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const inputs = postgresInputs(root);
  const created = decodeProperties((await plugin.create(db, inputs)).getProperties());
  const passwords = ['appPassword', 'ownerPassword', 'readonlyPassword'];
  assert.deepEqual(created.secrets.flat().toSorted(), passwords);

  const as = await connections(t, root, created.values);
  await as.owner.query('CREATE TABLE shifts (id serial PRIMARY KEY, who text)');
  await as.owner.query('CREATE SCHEMA audit; CREATE TABLE audit.log (line text)');
  await as.app.query(`INSERT INTO shifts (who) VALUES ('Ada'); INSERT INTO audit.log VALUES ('x')`);
  await assert.rejects(as.app.query('CREATE TABLE mine ()'), /permission denied/);
  await assert.rejects(as.app.query('DROP TABLE shifts'), /must be owner/);
  assert.equal((await as.readonly.query('SELECT * FROM shifts, audit.log')).rowCount, 1);
  await assert.rejects(as.readonly.query('DELETE FROM shifts'), /read-only transaction/);
  await as.readonly.query('SET default_transaction_read_only = off');
  await assert.rejects(as.readonly.query('DELETE FROM shifts'), /permission denied/);
  for (const client of Object.values(as)) await client.end();

  const { workload, log } = servicePaths({ root, environment, name: 'db' });
  const [server] = readWorkload(workload)?.replicas ?? [];
  assert.ok(server);
  await assert.rejects(removeData(root), /db of test is running/);
  await plugin.delete(db, inputs);
  assert.ok(!isAlive(server));

  const fewer = postgresInputs(root, { connections: 40 });
  const again = decodeProperties((await plugin.create(db, fewer)).getProperties());
  assert.deepEqual(again.values, created.values, 'the passwords are those of the data');
  const { app, ...others } = await connections(t, root, again.values);
  assert.deepEqual((await app.query('SELECT who FROM shifts')).rows, [{ who: 'Ada' }]);
  assert.deepEqual((await app.query('SHOW max_connections')).rows, [{ max_connections: '40' }]);
  for (const client of [app, ...Object.values(others)]) await client.end();

  assert.equal(
    statSync(join(dataFolder({ root, environment, name: 'db' }), 'credentials.json')).mode & 0o777,
    0o600,
  );
  const written = readFileSync(log, 'utf8') + readFileSync(join(workload, 'spec.json'), 'utf8');
  for (const password of Object.values(again.values)) assert.ok(!written.includes(String(password)));
});

test.for(['14', '18'])('Postgres %s gives its three roles the same rights', async (version, t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const { values } = decodeProperties(
    (await plugin.create(db, postgresInputs(root, { version }))).getProperties(),
  );
  const { owner, app, readonly } = await connections(t, root, values);
  await owner.query('CREATE TABLE shifts (id serial PRIMARY KEY, who text)');
  await app.query(`INSERT INTO shifts (who) VALUES ('Ada')`);
  // Until Postgres 14, every role may create tables in the schema `public`.
  for (const role of [app, readonly]) {
    await assert.rejects(role.query('CREATE TABLE mine ()'), /permission denied|read-only transaction/);
  }
  await readonly.query('SET default_transaction_read_only = off');
  await assert.rejects(readonly.query('CREATE TABLE mine ()'), /permission denied/);
  assert.equal((await readonly.query('SELECT who FROM shifts')).rowCount, 1);
  for (const client of [owner, app, readonly]) await client.end();
});

test('extensions of the server are usable by every role, and one that it lacks is an error', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const extensions = ['pg_trgm', 'uuid-ossp', 'pgcrypto', 'citext', 'earthdistance'];
  const { values } = decodeProperties(
    (await plugin.create(db, postgresInputs(root, { extensions }))).getProperties(),
  );
  const { owner, app, readonly } = await connections(t, root, values);
  await owner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE TABLE people (name citext)');
  await app.query(`INSERT INTO people VALUES ('Ada')`);
  const { rows } = await readonly.query(
    `SELECT similarity('Ada', 'Ida') > 0 AS alike, uuid_generate_v4() IS NOT NULL AS id, digest('a', 'md5') IS NOT NULL AS hash FROM people WHERE name = 'ADA'`,
  );
  assert.deepEqual(rows, [{ alike: true, id: true, hash: true }]);
  for (const client of [owner, app, readonly]) await client.end();
  await assert.rejects(
    plugin.update(db, postgresInputs(root, { extensions: ['no_such'] })),
    /of this machine has no extension no_such\. Install it .*an `image` that has it/,
  );
});

test('settings reach the server, and a value that it refuses is an error with its reason and costs no data', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const withSettings = (settings: object) => postgresInputs(root, { settings });
  const first = withSettings({ work_mem: '7MB', random_page_cost: 1.1, jit: false });
  const { values } = decodeProperties((await plugin.create(db, first)).getProperties());
  const { owner, ...others } = await connections(t, root, values);
  await owner.query(`CREATE TABLE shifts AS SELECT 'Ada' AS who`);
  const names = ['work_mem', 'random_page_cost', 'jit'];
  const { rows } = await owner.query(
    `SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join()}`,
  );
  assert.deepEqual(rows, [{ work_mem: '7MB', random_page_cost: '1.1', jit: 'off' }]);
  for (const client of [owner, ...Object.values(others)]) await client.end();

  await assert.rejects(plugin.update(db, withSettings({ work_mem: 'lots' })), ({ details }: ServiceError) => {
    assert.match(
      details,
      /db-\d ended with exit code 1, restarts: 1\.[^]*invalid value for parameter "work_mem": "lots"/,
    );
    return true;
  });
  await plugin.update(db, withSettings({ work_mem: '9MB' }));
  const { app, ...rest } = await connections(t, root, values);
  assert.deepEqual((await app.query('SELECT who FROM shifts')).rows, [{ who: 'Ada' }]);
  assert.deepEqual((await app.query('SHOW work_mem')).rows, [{ work_mem: '9MB' }]);
  for (const client of [app, ...Object.values(rest)]) await client.end();
});

test('a database under another name is renamed while clients are connected; with several, none is chosen', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const inputs = postgresInputs(root);
  const { values } = decodeProperties((await plugin.create(db, inputs)).getProperties());
  const { owner, app, readonly } = await connections(t, root, values);
  await owner.query('CREATE TABLE shifts (id serial PRIMARY KEY, who text)');
  await app.query(`INSERT INTO shifts (who) VALUES ('Ada')`);
  for (const client of [app, readonly]) await client.end();

  await plugin.update(db, postgresInputs(root, { database: 'shop' }));
  const { app: again, ...others } = await connections(t, root, values, 'shop');
  assert.deepEqual((await again.query('SELECT who FROM shifts')).rows, [{ who: 'Ada' }]);
  for (const client of [again, ...Object.values(others)]) await client.end();
  await assert.rejects(connections(t, root, values, 'rota'), /database "rota" does not exist/);

  const file = join(dataFolder({ root, environment, name: 'db' }), 'credentials.json');
  const { superuser } = JSON.parse(readFileSync(file, 'utf8')) as { superuser: string };
  const admin = await connect(t, root, { user: 'postgres', password: superuser, database: 'shop' });
  await admin.query('CREATE DATABASE stock OWNER owner');
  await admin.end();
  await assert.rejects(
    plugin.update(db, postgresInputs(root, { database: 'mall' })),
    ({ details }: ServiceError) => {
      assert.match(details, /"mall".*"shop", "stock"/);
      return true;
    },
  );
  await plugin.delete(db, inputs);
  await removeData(root);
});

test('an interrupted initdb is started again, and data of another major version are refused', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const { data } = environmentPaths(root, environment);
  mkdirSync(join(data, '.db-init-1', 'pgdata'), { recursive: true });
  writeFileSync(join(data, '.db-init-1', 'pgdata', 'PG_VERSION'), '17\n');
  const inputs = postgresInputs(root);
  await plugin.create(db, inputs);
  assert.deepEqual(readdirSync(data), ['db']);
  await plugin.delete(db, inputs);

  writeFileSync(join(data, 'db', 'pgdata', 'PG_VERSION'), '16\n');
  await assert.rejects(plugin.create(db, inputs), ({ details }: ServiceError) => {
    assert.match(details, /belong to Postgres 16, but the stack file has version 17/);
    return true;
  });
  await removeData(root);
  assert.ok(!existsSync(join(data, 'db')));
});

unless(notRoot).test('data are outside of the clone if the Postgres user cannot reach it', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  chmodSync(root, 0o700);
  const inputs = postgresInputs(root);
  await plugin.create(db, inputs);
  const folder = join(sharedDataFolder(root, environment), 'db');
  assert.ok(existsSync(join(folder, 'pgdata')));
  await plugin.delete(db, inputs);
  await removeData(root);
  assert.ok(!existsSync(dirname(folder)));
});

async function removeData(root: string): Promise<void> {
  await processData({ root, environment }).remove?.();
}

async function connections(
  t: TestContext,
  root: string,
  passwords: Record<string, unknown>,
  database = 'rota',
) {
  const open = (user: string) =>
    connect(t, root, { user, password: String(passwords[`${user}Password`]), database });
  return { owner: await open('owner'), app: await open('app'), readonly: await open('readonly') };
}

async function connect(
  t: TestContext,
  root: string,
  login: { user: string; password: string; database: string },
): Promise<pg.Client> {
  const client = new pg.Client({ host: loopbackAddress(root, environment), port: 5432, ...login });
  client.on('error', () => {}); // If a test fails, the server ends before the client is closed.
  t.onTestFinished(() => client.end());
  await client.connect();
  return client;
}
