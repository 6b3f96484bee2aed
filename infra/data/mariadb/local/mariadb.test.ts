import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import type { ServiceError } from '@grpc/grpc-js';
import { toolCache } from '../../../../tools/tool-cache.ts';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { decodeProperties } from '../../../provider/wire.ts';
import { isAlive } from '../../../common/process-identity.ts';
import { readWorkload } from '../../../supervisor/control.ts';
import { servicePaths } from '../../../supervisor/paths.ts';
import { loopbackAddress } from '../../../targets/process/address.ts';
import { dataFolder } from '../../../targets/process/data.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../../../targets/process/testing/plugin.ts';
import { debianFolder } from '../../local/debian.ts';

const db = urn('MariaDB', 'db');

test('MariaDB has three accounts, and its data and passwords outlive a kill and the server', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  const inputs = mariadbInputs(root);
  const created = decodeProperties((await plugin.create(db, inputs)).getProperties());
  const passwords = ['appPassword', 'ownerPassword', 'readonlyPassword'];
  assert.deepEqual(created.secrets.flat().toSorted(), passwords);
  const as = (login: string, sql: string) =>
    query({ root, login, password: String(created.values[`${login}Password`]), sql });

  assert.equal(as('owner', 'CREATE TABLE shifts (id int AUTO_INCREMENT PRIMARY KEY, who text)').problem, '');
  assert.equal(as('app', "INSERT INTO shifts (who) VALUES ('Ada 🕊')").problem, '');
  assert.match(as('app', 'CREATE TABLE mine (id int)').problem, /CREATE command denied/);
  assert.match(as('app', 'DROP TABLE shifts').problem, /DROP command denied/);
  assert.equal(as('readonly', 'SELECT who FROM shifts').answer, 'Ada 🕊');
  assert.match(as('readonly', 'DELETE FROM shifts').problem, /DELETE command denied/);
  assert.match(as('owner', 'CREATE DATABASE other').problem, /Access denied/);
  // In a GRANT, an underscore that is not escaped stands for any character.
  assert.match(as('owner', 'CREATE DATABASE rotaXdev').problem, /Access denied/);
  assert.match(query({ root, login: 'app', password: 'wrong', sql: 'SELECT 1' }).problem, /Access denied/);

  const { workload, log } = servicePaths({ root, environment, name: 'db' });
  const [server] = readWorkload(workload)?.replicas ?? [];
  assert.ok(server);
  if (process.platform === 'linux') {
    const argv = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8');
    assert.ok(!passwords.some((name) => argv.includes(String(created.values[name]))));
  }
  process.kill(server.pid, 'SIGKILL');
  await eventually(() => as('app', 'SELECT who FROM shifts').answer === 'Ada 🕊');
  await plugin.delete(db, inputs);
  const [again] = readWorkload(workload)?.replicas ?? [];
  assert.ok(again === undefined && !isAlive(server));

  const fewer = mariadbInputs(root, { connections: 40, settings: { max_allowed_packet: '32M' } });
  const restarted = decodeProperties((await plugin.create(db, fewer)).getProperties());
  assert.deepEqual(restarted.values, created.values, 'the passwords are those of the data');
  assert.equal(as('app', 'SELECT @@max_connections').answer, '40');
  assert.equal(as('app', 'SELECT @@max_allowed_packet').answer, String(2 ** 25));
  assert.equal(as('readonly', 'SELECT who FROM shifts').answer, 'Ada 🕊');
  await assert.rejects(
    plugin.update(db, mariadbInputs(root, { settings: { no_such_option: 1 } })),
    /db-\d ended with exit code \d+, restarts: 1\.[^]*unknown variable 'no_such_option=1'/,
  );
  await plugin.update(db, fewer);
  assert.equal(as('readonly', 'SELECT who FROM shifts').answer, 'Ada 🕊');
  assert.equal(
    statSync(join(dataFolder({ root, environment, name: 'db' }), 'accounts.sql')).mode & 0o777,
    0o600,
  );
  for (const name of passwords) assert.ok(!readFileSync(log, 'utf8').includes(String(created.values[name])));
});

test('data of another version, and a database of another name, are refused', async (t) => {
  const plugin = await startPlugin(t);
  const root = temporaryRoot(t);
  await plugin.create(db, mariadbInputs(root));
  await plugin.delete(db, mariadbInputs(root));
  await assert.rejects(
    plugin.create(db, mariadbInputs(root, { database: 'roster_dev' })),
    /in the database \\?"rota_dev\\?", and MariaDB cannot rename it to \\?"roster_dev/,
  );
  writeFileSync(join(dataFolder({ root, environment, name: 'db' }), 'version'), '11.8\n');
  await assert.rejects(plugin.create(db, mariadbInputs(root)), (error: ServiceError) => {
    assert.match(error.details, /belong to MariaDB 11\.8, but the stack file has version 10\.11/);
    return true;
  });
});

function mariadbInputs(root: string, changes: object = {}) {
  const host = loopbackAddress(root, environment);
  const values = { root, environment, name: 'db', version: '10.11', host, port: 3306, database: 'rota_dev' };
  return { values: { ...values, state: 'ready', ...changes }, secrets: [] };
}

interface Query {
  root: string;
  login: string;
  password: string;
  sql: string;
}

/** Runs SQL with the client of the system's packages. */
function query({ root, login, password, sql }: Query): { answer: string; problem: string } {
  const host = loopbackAddress(root, environment);
  const args = ['--no-defaults', '--batch', '--skip-column-names', '--default-character-set=utf8mb4'];
  const { stdout, stderr } = spawnSync(
    join(toolCache(), debianFolder({ product: 'mariadb' }), 'mariadb'),
    [...args, `--host=${host}`, '--port=3306', `--user=${login}`, '-e', sql, 'rota_dev'],
    { encoding: 'utf8', env: { ...process.env, MYSQL_PWD: password } },
  );
  return { answer: stdout.trim(), problem: stderr.trim() };
}
