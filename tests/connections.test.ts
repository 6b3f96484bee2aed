import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { Client } from 'pg';
import { packageRoot } from '../infra/common/roots.ts';
import { budgetsOf } from '../infra/graph/connections.ts';
import { buildGraph } from '../infra/graph/graph.ts';
import { loadStack } from '../infra/stack/load.ts';
import { openPostgres } from '../services/shared/postgres.ts';
import { createServer } from '../services/shared/server.ts';
import { silent } from './rota.ts';
import { startPostgres } from './servers.ts';

test('the pools of two versions of Rota in production fit into the connections of Postgres', async (t) => {
  const { services } = buildGraph(loadStack(join(packageRoot, 'stacks/rota.prod.yaml')), 'prod');
  // Two for each replica of two versions, and the six that are kept.
  const connections = 66;
  const [budget] = budgetsOf(
    services.map((service) =>
      service.form === 'data' && service.config.kind === 'postgres'
        ? { ...service, config: { ...service.config, connections } }
        : service,
    ),
  );
  assert.partialDeepStrictEqual(budget, { replicas: 15, share: 2 });
  const server = await startPostgres(`max_connections=${connections}`);
  const app = createServer(silent);
  const clients: Client[] = [];
  t.onTestFinished(async () => {
    for (const client of clients) await client.end();
    await app.close();
    await server.close();
  });
  const { appUrl } = await server.createDatabase();
  const connect = async (url: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    clients.push(client);
  };

  // First a backup and two health checks, as the superuser.
  for (let n = 0; n < 3; n++) await connect(server.url);
  const pools = Array.from({ length: 2 * 15 }, () => openPostgres(app, appUrl, 2));
  // Each pool needs more connections than it may open.
  const queries = pools.flatMap((pool) =>
    Array.from({ length: 5 }, () => pool.query('select pg_sleep(0.2)')),
  );
  await Promise.all(queries);
  assert.deepEqual(
    pools.map(({ totalCount }) => totalCount),
    pools.map(() => 2),
  );
  await assert.rejects(connect(appUrl), /remaining connection slots are reserved/);
  for (let n = 0; n < 3; n++) await connect(server.url);
});
