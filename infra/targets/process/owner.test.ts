import assert from 'node:assert/strict';
import { createSystem, environment, lacksEngine, succeed } from '../testing/system.ts';
import { loopbackAddress } from './address.ts';
import { unless } from '../../../tools/testing/unless.ts';

const lack = await lacksEngine();

/** The README's first example: service and preDeploy use the same variables, and preDeploy creates the tables. */
const stack = {
  name: 'owner',
  services: {
    postgres: { type: 'postgres', port: 4110 },
    api: {
      source: 'app',
      port: 4111,
      preDeploy: 'node migrate.js',
      health: { path: '/', timeout: '2m' },
      variables: {
        DATABASE_URL: '${{postgres.DATABASE_URL}}',
        PGUSER: '${{postgres.PGUSER}}',
        PGPASSWORD: '${{postgres.PGPASSWORD}}',
        PGHOST: '${{postgres.PGHOST}}',
        PGPORT: '${{postgres.PGPORT}}',
        PGDATABASE: '${{postgres.PGDATABASE}}',
      },
    },
  },
};

const migrate = `
import pg from 'pg';
for (const options of [{ connectionString: process.env.DATABASE_URL }, {}]) {
  const client = new pg.Client(options);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS made (by text DEFAULT current_user)');
  await client.query('INSERT INTO made DEFAULT VALUES');
  await client.end();
}
`;

const main = `
import { createServer } from 'node:http';
import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const refused = await pool.query('CREATE TABLE other (x int)').then(() => false, ({ code }) => code);
await pool.query('INSERT INTO made DEFAULT VALUES');
const { rows } = await pool.query('SELECT DISTINCT by FROM made ORDER BY by');
createServer((_, response) => response.end(JSON.stringify({ refused, by: rows.map(({ by }) => by) })))
  .listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
`;

unless(lack).test(
  'preDeploy creates tables with the variables of the service, as URL and as parts; the service cannot',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    system.write('app/migrate.ts', migrate);
    system.write('app/main.ts', main);
    system.write('stacks/test.yaml', stack);
    await succeed(system.up());
    const answer = await fetch(`http://${loopbackAddress(system.root, environment)}:4111`);
    assert.deepEqual(await answer.json(), { refused: '42501', by: ['app', 'owner'] });
  },
);
