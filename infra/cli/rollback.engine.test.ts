import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import { loadRelease } from '../releases/load.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { loopbackAddress } from '../targets/process/address.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { gitClone } from './testing-clone.ts';
import { railhead } from './testing.ts';

const migrate = `
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('CREATE TABLE IF NOT EXISTS applied (file text PRIMARY KEY)');
for (const file of readdirSync('migrations').toSorted()) {
  const { rowCount } = await client.query('SELECT FROM applied WHERE file = $1', [file]);
  if (rowCount > 0) continue;
  await client.query(readFileSync('migrations/' + file, 'utf8'));
  await client.query('INSERT INTO applied VALUES ($1)', [file]);
}
await client.end();
`;

/** A server that adds a visit with each request, and answers with its release and their number. */
const main = (release: string) => `
import { createServer } from 'node:http';
import pg from 'pg';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
createServer(async (request, response) => {
  if (request.url !== '/visit') return response.end('ok');
  await pool.query('INSERT INTO visits VALUES (now())');
  const { rows } = await pool.query('SELECT count(*) FROM visits');
  response.end('${release} ' + process.env.GREETING + ' ' + rows[0].count);
}).listen(process.env.PORT, process.env.HOST);
`;

/** Makes two clones that share a store: `dev` runs in the first one, and `qa` gets its releases in the second one. */
async function openShop(t: TestContext) {
  const shared = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-shared-')));
  t.onTestFinished(() => rmSync(shared, { recursive: true }));
  const [port, database] = [await freePort(), await freePort()];
  const dev = gitClone(t, 'dev', (root) => `http://${loopbackAddress(root, 'dev')}:${port}`);
  const qa = gitClone(t, 'qa', (root) => `http://${loopbackAddress(root, 'qa')}:${port}`);
  const stack = (greeting: string) => {
    const preDeploy = { command: 'node migrate.js', migrations: 'migrations/*.sql' };
    const variables = { DATABASE_URL: '${{db.DATABASE_URL}}', GREETING: greeting };
    const api = { source: 'api', port, health: { path: '/' }, preDeploy, variables };
    const services = { db: { type: 'postgres', version: '17', port: database }, api };
    dev.write('stacks/test.yaml', JSON.stringify({ name: 'shop', services }, undefined, 2));
  };
  dev.write('.gitignore', ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'].join('\n'));
  for (const name of ['dev', 'qa']) {
    const keys = { stackFile: 'stacks/test.yaml', target: 'process', ownMachine: true };
    const config = Object.entries({ ...keys, store: join(shared, 'store') });
    const entries = config.map(([key, value]) => [`railhead:${key}`, value] as const);
    dev.write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(entries) }));
  }
  dev.write('api/package.json', '{ "type": "module" }');
  dev.write('api/migrate.ts', migrate);
  dev.write('api/migrations/1.sql', 'CREATE TABLE visits (time timestamptz)');
  /** Deploys dev with the files as they are, promotes it, and deploys qa in the other clone. */
  const release = async () => {
    dev.commit();
    await dev.run('up');
    dev.git('add', '.');
    dev.git('commit', '-q', '--allow-empty', '-m', 'settings');
    // This clone does not have the state of qa, so it cannot preview the migrations of a release.
    await dev.run('promote', 'dev', 'qa', '--across-migrations', '--yes');
    dev.commit();
    qa.pull(dev.root);
    const { errors } = await qa.run('up', '-s', 'qa');
    assert.doesNotMatch(errors, /Building/);
  };
  return {
    ...{ dev, qa, stack, release },
    pins: () => loadRelease('qa', qa.root)?.release.artifacts,
    running: () =>
      listWorkloads(environmentPaths(qa.root, 'qa').services)
        .filter(({ name }) => name === 'api')
        .map(({ spec }) => spec.artifact),
    rollback: (...args: string[]) => railhead(qa.root, 'rollback', 'qa', '--yes', ...args),
    visit: async () => (await qa.reply('/visit')).split(' '),
  };
}

unless(await lacksEngine()).test(
  'a rollback brings back artifacts and stack file without a build, and data stay as they are; across a migration only if it is allowed',
  async (t) => {
    const { dev, qa, stack, release, pins, running, rollback, visit } = await openShop(t);
    stack('hello');
    dev.write('api/main.ts', main('one'));
    await release();
    const [one, hashes] = [pins(), running()];
    assert.deepEqual(await visit(), ['one', 'hello', '1']);

    stack('welcome');
    dev.write('api/main.ts', main('two'));
    await release();
    assert.deepEqual(await visit(), ['two', 'welcome', '2']);

    const back = await rollback();
    assert.equal(back.code, 0, back.errors);
    assert.doesNotMatch(back.errors, /Building/);
    assert.deepEqual(await visit(), ['one', 'hello', '3']);
    assert.deepEqual([pins(), running()], [one, hashes]);
    const copy = 'releases/qa.stack/stacks/test.yaml';
    assert.match(readFileSync(join(qa.root, copy), 'utf8'), /"hello"/);
    assert.match(readFileSync(join(qa.root, 'stacks/test.yaml'), 'utf8'), /"welcome"/);
    assert.match((await qa.run('history', '-s', 'qa')).output, /^3 .*rollback to #1: api$/m);
    const validated = await qa.run('validate', '-s', 'qa');
    assert.match(validated.output, /releases\/qa\.stack\/stacks\/test\.yaml/);

    qa.commit();
    dev.git('fetch', '-q', qa.root, 'HEAD');
    dev.git('reset', '-q', '--hard', 'FETCH_HEAD');
    dev.write('api/migrations/2.sql', 'ALTER TABLE visits ADD note text');
    dev.write('api/main.ts', main('three'));
    await release();
    assert.ok(!existsSync(join(qa.root, copy)), 'the promotion removes the copies');
    assert.deepEqual(await visit(), ['three', 'welcome', '4']);

    const before = qa.git('status', '--porcelain');
    const refused = await rollback('--to', '2');
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /api: migrations\/2\.sql, not known to be reversible/);
    assert.equal(qa.git('status', '--porcelain'), before);
    assert.deepEqual(await visit(), ['three', 'welcome', '5']);

    const allowed = await rollback('--to', '2', '--across-migrations');
    assert.equal(allowed.code, 0, allowed.errors);
    assert.deepEqual(await visit(), ['two', 'welcome', '6']);
  },
);
