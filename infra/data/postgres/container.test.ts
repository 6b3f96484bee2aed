import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { eventually } from '../../../tools/testing/eventually.ts';
import { localImage, testServer } from '../testing/docker.ts';
import { postgresContainer } from './container.ts';
import type { passwordFiles } from './roles-script.ts';
import { unless } from '../../../tools/testing/unless.ts';

type Passwords = Record<(typeof passwordFiles)[number], string>;

const config = { kind: 'postgres', version: '17', port: 5432, storage: { bytes: 1, text: '1Gi' } } as const;
const memory = { bytes: 2 ** 28, text: '256Mi' };
const { image, lack } = localImage('postgres:17', 'postgres:15');

unless(lack).test('the database and its three roles survive a kill, new passwords and a stop', async (t) => {
  const server = testServer(t, image);
  const first = passwords('first');
  const { alive, ready } = postgresContainer(config, 'rota').probes;
  const start = async (given: Passwords) => {
    const port = server.start(
      postgresContainer(
        {
          ...{ ...config, resources: { memory }, connections: 40 },
          ...{ settings: { work_mem: '7MB' }, extensions: ['citext'] },
        },
        'rota',
      ),
      given,
    );
    await eventually(() => server.probe(ready));
    assert.ok(server.probe(alive));
    return (user: string, password: string) => connect(port, user, password);
  };

  let as = await start(first);
  const owner = await as('owner', 'first-owner');
  await owner.query('CREATE TABLE shifts (id serial PRIMARY KEY, who text)');
  await owner.query('CREATE SCHEMA audit; CREATE TABLE audit.log (line text)');
  await owner.end();
  const app = await as('app', 'first-app');
  await app.query(`INSERT INTO shifts (who) VALUES ('Ada'); INSERT INTO audit.log VALUES ('x')`);
  await assert.rejects(app.query('CREATE TABLE mine ()'), /permission denied/);
  await assert.rejects(app.query('DROP TABLE shifts'), /must be owner/);
  const readonly = await as('readonly', 'first-readonly');
  assert.equal((await readonly.query('SELECT * FROM shifts, audit.log')).rowCount, 1);
  await assert.rejects(readonly.query('DELETE FROM shifts'), /read-only transaction/);
  await readonly.query('SET default_transaction_read_only = off');
  await assert.rejects(readonly.query('DELETE FROM shifts'), /permission denied/);
  const setting = async (name: string) =>
    (await app.query<Record<string, string>>(`SHOW ${name}`)).rows[0]?.[name];
  assert.equal(await setting('shared_buffers'), '64MB');
  assert.equal(await setting('max_connections'), '40');
  assert.equal(await setting('work_mem'), '7MB');
  assert.equal((await app.query(`SELECT 'Ada'::citext = 'ADA' AS same`)).rowCount, 1);

  server.kill();
  as = await start(passwords('second'));
  await assert.rejects(as('app', 'first-app'), /password authentication failed/);
  await assert.rejects(as('postgres', 'first-superuser'), /password authentication failed/);
  const again = await as('app', 'second-app');
  assert.deepEqual((await again.query('SELECT who FROM shifts')).rows, [{ who: 'Ada' }]);
  await (await as('postgres', 'second-superuser')).end();

  // `again` is still connected: a stop that waited for its end would end in SIGKILL.
  const { code, log } = server.stop();
  assert.equal(code, 0);
  assert.match(log, /database system is shut down/);
  for (const password of [...Object.values(first), ...Object.values(passwords('second'))]) {
    assert.ok(!log.includes(password), log);
  }
});

unless(lack).test(
  'an unfinished cluster is created again, and a server without its roles is not ready',
  async (t) => {
    const server = testServer(t, image);
    const container = postgresContainer(config, 'rota');
    const broken = { ...container, scripts: { ...container.scripts, 'roles.sql': 'SELECT x;\n\\q 1' } };
    const halfMade = `mkdir -p "$PGDATA.unfinished" && echo 17 >"$PGDATA.unfinished/PG_VERSION"`;
    const command = ['sh', '-c', `${halfMade} && exec "$0" "$@"`, ...container.command];
    server.start({ ...broken, command }, passwords('it'));
    await eventually(() => server.probe(['pg_isready', '-q']));
    assert.ok(!server.probe(container.probes.ready));
    server.start(container, passwords('it'));
    await eventually(() => server.probe(container.probes.ready));
    assert.equal(server.stop().code, 0);
  },
);

unless(lack).test(
  'the dump and restore of the README copy a database over one that services have prepared',
  async (t) => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const dump = /pg_dump .* rota(?= >)/.exec(readme)?.[0];
    const restore = /psql .* roster(?= <)/.exec(readme)?.[0];
    const server = testServer(t, image);
    const start = async (database: string) => {
      const container = postgresContainer(config, database);
      const port = server.start(container, passwords('it'));
      await eventually(() => server.probe(container.probes.ready));
      return (user: string) => connect(port, user, `it-${user}`, database);
    };
    const migrate = async (owner: pg.Client) => {
      await owner.query('CREATE TABLE shifts (id serial PRIMARY KEY, who text)');
      await owner.end();
    };
    let as = await start('rota');
    await migrate(await as('owner'));
    const app = await as('app');
    await app.query(`INSERT INTO shifts (who) VALUES ('Ada')`);
    await app.end();
    as = await start('roster');
    await migrate(await as('owner'));

    assert.ok(server.probe(['sh', '-c', `${dump} >/tmp/rota.sql && ${restore} </tmp/rota.sql`]));
    const copied = await as('app');
    assert.deepEqual((await copied.query('SELECT who FROM shifts')).rows, [{ who: 'Ada' }]);
    await copied.query(`INSERT INTO shifts (who) VALUES ('Grace')`);
    await copied.end();
  },
);

function passwords(prefix: string): Passwords {
  const password = (role: string) => `${prefix}-${role}`;
  return {
    superuser: password('superuser'),
    owner: password('owner'),
    app: password('app'),
    readonly: password('readonly'),
  };
}

async function connect(port: number, user: string, password: string, database = 'rota'): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database });
  client.on('error', () => {}); // The server is killed and stopped while clients are connected.
  await client.connect();
  return client;
}
