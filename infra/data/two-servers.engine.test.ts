import assert from 'node:assert/strict';
import pg from 'pg';
import { createSystem, lacksEngine, succeed } from '../targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';

unless(await lacksEngine()).test(
  'two Postgres servers run at the same time, each with its own rows',
  async (t) => {
    const system = await createSystem('process');
    t.onTestFinished(() => system.close());
    system.write('infra/index.ts', program);
    system.write('stacks/test.yaml', {
      name: 'shop',
      services: { orders: { type: 'postgres' }, events: { type: 'postgres' } },
    });
    await succeed(system.up());
    const { output } = await succeed(system.pulumi('stack', 'output', '--json', '--show-secrets'));
    const urls = JSON.parse(output) as Record<'orders' | 'events', string>;
    assert.deepEqual([new URL(urls.orders).port, new URL(urls.events).port], ['5432', '5433']);
    await query(urls.orders, `CREATE TABLE shifts AS SELECT 'Ada' AS who`);
    assert.deepEqual(await query(urls.orders, 'SELECT who FROM shifts'), [{ who: 'Ada' }]);
    await assert.rejects(query(urls.events, 'SELECT who FROM shifts'), /relation "shifts" does not exist/);
    await succeed(system.pulumi('preview', '--expect-no-changes'));
  },
);

const program = `import { deploy } from './railhead.ts';

const { services } = await deploy();
export const orders = services.orders?.values.OWNER_URL;
export const events = services.events?.values.OWNER_URL;
`;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
