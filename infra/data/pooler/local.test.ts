import assert from 'node:assert/strict';
import type { TestContext } from 'vitest';
import pg from 'pg';
import { decodeProperties } from '../../provider/wire.ts';
import { readWorkload } from '../../supervisor/control.ts';
import { servicePaths } from '../../supervisor/paths.ts';
import { loopbackAddress } from '../../targets/process/address.ts';
import { environment, startPlugin, temporaryRoot, urn } from '../../targets/process/testing/plugin.ts';
import { failureOf, unless } from '../../../tools/testing/unless.ts';
import { ensurePgBouncer } from './local.ts';
import { poolerName } from './pooler.ts';

const lack = await failureOf(ensurePgBouncer(() => undefined));
const db = urn('Postgres', 'db');

unless(lack).test(
  'PgBouncer serves more clients than the server has connections, and stops when the field is removed',
  async (t) => {
    const plugin = await startPlugin(t);
    const root = temporaryRoot(t);
    const host = loopbackAddress(root, environment);
    const inputs = (changes: object) => ({
      values: {
        ...{
          root,
          environment,
          name: 'db',
          version: '17',
          host,
          port: 5432,
          database: 'rota',
          state: 'ready',
        },
        ...{ connections: 14, ...changes },
      },
      secrets: [],
    });
    const pooled = inputs({ pooler: { port: 6432, connections: 14 } });
    const { values } = decodeProperties((await plugin.create(db, pooled)).getProperties());
    const as = (t: TestContext, user: string, port: number) =>
      connect(t, { host, port, user, password: String(values[`${user}Password`]), database: 'rota' });

    const owner = await as(t, 'owner', 5432);
    await owner.query('CREATE TABLE shifts (who text)');
    const clients = await Promise.all(Array.from({ length: 40 }, () => as(t, 'app', 6432)));
    await Promise.all(clients.map((client) => client.query(`INSERT INTO shifts VALUES ('Ada')`)));
    const readonly = await as(t, 'readonly', 6432);
    const count = async (client: pg.Client, sql: string) =>
      (await client.query<{ n: number }>(sql)).rows[0]?.n;
    assert.equal(await count(readonly, 'SELECT count(*)::int AS n FROM shifts'), 40);
    await assert.rejects(readonly.query('DELETE FROM shifts'), /read-only|permission denied/);
    const opened = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'app'`;
    const open = await count(owner, opened);
    assert.ok(open !== undefined && open > 0 && open <= 5, String(open));
    await assert.rejects(as(t, 'owner', 6432), /SASL authentication failed|no such user|password/);

    const { workload } = servicePaths({ root, environment, name: poolerName('db') });
    const [before] = readWorkload(workload)?.replicas ?? [];
    await plugin.update(
      db,
      inputs({ pooler: { port: 6432, connections: 14 }, settings: { work_mem: '7MB' } }),
    );
    assert.equal(readWorkload(workload)?.replicas[0]?.pid, before?.pid);

    await plugin.update(db, inputs({}));
    assert.equal(readWorkload(workload), undefined);
    await assert.rejects(as(t, 'app', 6432), /ECONNREFUSED/);
  },
);

async function connect(t: TestContext, options: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(options);
  client.on('error', () => {}); // The servers stop while clients are connected.
  await client.connect();
  t.onTestFinished(() => client.end().catch(() => {}));
  return client;
}
