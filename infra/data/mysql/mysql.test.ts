import assert from 'node:assert/strict';
import { test } from 'vitest';
import { eventually } from '../../../tools/testing/eventually.ts';
import { emptyPath } from '../../../tools/testing/on-path.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { UserError } from '../../../tools/user-error.ts';
import { temporaryRoot } from '../../targets/process/testing/plugin.ts';
import { stackSchema } from '../../stack/schema.ts';
import type { DataService } from '../index.ts';
import { docker, localImage, testServer } from '../testing/docker.ts';
import { mysql } from './index.ts';
import { servers } from './local/index.ts';

const { image, lack } = localImage('mysql:8.4', 'mysql:8.0', 'mysql:9');

test('the mysqld of MariaDB is not MySQL, and without a server the error says what to do', async (t) => {
  const program = emptyPath(t, temporaryRoot(t));
  program('mysqld', 'mysqld  Ver 10.11.6-MariaDB for debian-linux-gnu on x86_64');
  await assert.rejects(
    servers.ensure('8.4', () => undefined),
    (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /no package registry has its server\. Put mysqld 8\.4 on the PATH/);
      return true;
    },
  );
  program('mysqld', 'mysqld  Ver 8.4.10 for Linux on x86_64 (MySQL Community Server - GPL)');
  assert.equal((await servers.find('8.4'))?.description, '8.4.10');
  assert.equal(await servers.find('8.0'), undefined);
});

unless(lack).test('the database and its accounts of MySQL survive a kill and new passwords', async (t) => {
  const version = image.split(':')[1];
  const services = { db: { type: 'mysql', version, connections: 40 } };
  const config = stackSchema.parse({ name: 'rota', services }).services.db as DataService;
  const server = testServer(t, image);
  const container = mysql.container(config, 'rota_dev');
  const start = async (prefix: string) => {
    const logins = ['superuser', 'owner', 'app', 'readonly'];
    server.start(container, Object.fromEntries(logins.map((login) => [login, `${prefix}-${login}`])));
    await eventually(() => server.probe(container.probes.ready));
    return (login: string, sql: string) =>
      server.probe([
        ...['env', `MYSQL_PWD=${prefix}-${login}`, 'mysql', '--no-defaults', '--host=127.0.0.1'],
        ...[`--user=${login}`, '-e', sql, 'rota_dev'],
      ]);
  };
  let as = await start('first');
  assert.ok(as('owner', 'CREATE TABLE shifts (who text)'));
  assert.ok(as('app', "INSERT INTO shifts VALUES ('Ada')"));
  assert.ok(!as('app', 'DROP TABLE shifts'));
  assert.ok(!as('readonly', 'DELETE FROM shifts'));
  server.kill();
  as = await start('second');
  assert.ok(as('readonly', 'SELECT who FROM shifts'));
  assert.equal(server.stop().code, 0, docker('ps').stdout);
});
