import assert from 'node:assert/strict';
import { unless } from '../../../tools/testing/unless.ts';
import { eventually } from '../../../tools/testing/eventually.ts';
import { docker, localImage, testServer } from '../testing/docker.ts';
import { backup } from './backup/backup.ts';
import { scriptsFolder } from '../container.ts';
import { mariadbContainer } from './container.ts';

const config = {
  kind: 'mariadb',
  version: '10.11',
  port: 3306,
  storage: { bytes: 1, text: '1Gi' },
  resources: { memory: { bytes: 2 ** 28, text: '256Mi' } },
  connections: 40,
  settings: { max_allowed_packet: '32M' },
} as const;
const { image, lack } = localImage('mariadb:10.11');

unless(lack).test('the database and its accounts survive a kill, new passwords and a stop', async (t) => {
  const server = testServer(t, image);
  const container = mariadbContainer(config, 'rota_dev');
  const { alive, ready } = container.probes;
  const start = async (prefix: string) => {
    const port = server.start(container, passwords(prefix));
    await eventually(() => server.probe(ready));
    assert.ok(server.probe(alive));
    return (login: string, password: string, sql: string) => query(port, login, password, sql);
  };

  let as = await start('first');
  assert.equal(as('owner', 'first-owner', 'CREATE TABLE shifts (who text)').code, 0);
  assert.equal(as('app', 'first-app', "INSERT INTO shifts VALUES ('Ada')").code, 0);
  assert.match(as('app', 'first-app', 'DROP TABLE shifts').problem, /DROP command denied/);
  assert.match(as('readonly', 'first-readonly', 'DELETE FROM shifts').problem, /DELETE command denied/);
  assert.match(as('root', 'first-superuser', 'SELECT 1').problem, /Access denied/);
  assert.equal(as('app', 'first-app', 'SELECT @@max_connections').answer, '40');
  assert.equal(as('app', 'first-app', 'SELECT @@max_allowed_packet').answer, String(2 ** 25));
  assert.equal(as('app', 'first-app', 'SELECT @@innodb_buffer_pool_size').answer, String(2 ** 27));

  server.kill();
  as = await start('second');
  assert.match(as('app', 'first-app', 'SELECT 1').problem, /Access denied/);
  assert.equal(as('readonly', 'second-readonly', 'SELECT who FROM shifts').answer, 'Ada');

  const { code, log } = server.stop();
  assert.equal(code, 0);
  assert.match(log, /Shutdown complete/);
  for (const prefix of ['first', 'second']) {
    for (const password of Object.values(passwords(prefix))) assert.ok(!log.includes(password), log);
  }
});

unless(lack).test('a restore brings back the rows of the newest backup', async (t) => {
  const server = testServer(t, image);
  const container = mariadbContainer(config, 'rota_dev');
  const scripts = { ...container.scripts, ...backup.scripts };
  const port = server.start({ ...container, scripts }, passwords('it'));
  await eventually(() => server.probe(container.probes.ready));
  const environment = Object.entries(
    backup.environment({ host: '127.0.0.1', port: 3306, database: 'rota_dev' }),
  );
  const run = (script: string) =>
    server.probe([
      'env',
      ...environment.map(([name, value]) => `${name}=${value}`),
      'sh',
      `${scriptsFolder}/${script}`,
    ]);
  const owner = (sql: string) => query(port, 'owner', 'it-owner', sql);
  owner("CREATE TABLE shifts (who text); INSERT INTO shifts VALUES ('Ada')");
  assert.ok(run('backup.sh'));
  owner('DELETE FROM shifts');
  assert.ok(run('restore.sh'));
  assert.equal(owner('SELECT who FROM shifts').answer, 'Ada');
});

unless(lack).test(
  'a server that was killed while it created its system tables creates them again',
  async (t) => {
    const server = testServer(t, image);
    const container = mariadbContainer(config, 'rota');
    const halfMade = 'mkdir -p "$DATADIR.unfinished/mysql" && exec "$0" "$@"';
    server.start({ ...container, command: ['sh', '-c', halfMade, ...container.command] }, passwords('it'));
    await eventually(() => server.probe(container.probes.ready));
  },
);

function passwords(prefix: string): Record<string, string> {
  const logins = ['superuser', 'owner', 'app', 'readonly'];
  return Object.fromEntries(logins.map((login) => [login, `${prefix}-${login}`]));
}

/** Runs SQL with the client of the image, from outside of the server's container. */
function query(port: number, login: string, password: string, sql: string) {
  const options = ['--no-defaults', '--host=127.0.0.1', `--port=${port}`, `--user=${login}`];
  const { code, stdout, stderr } = docker(
    ...['run', '--rm', '--network=host', '--env', `MYSQL_PWD=${password}`, '--entrypoint', 'mariadb', image],
    ...[...options, '--batch', '--skip-column-names', '-e', sql, 'rota_dev'],
  );
  return { code, answer: stdout, problem: stderr };
}
