import { Client, type QueryResultRow } from 'pg';
import { createApi } from '../services/api/app.ts';
import { applyMigrations } from '../services/api/migrations/apply.ts';
import { migrations } from '../services/api/migrations/index.ts';
import { createLogger } from '../services/shared/logger.ts';
import type { Server } from '../services/shared/server.ts';
import { createWorker } from '../services/worker/app.ts';
import { createKeys } from './keys.ts';
import { startPostgres, startRedis } from './servers.ts';

export const silent = createLogger({ level: 'silent', service: 'test', replica: 'test' });

/**
 * Rota's data servers with the schema applied, and functions that start its services, as often as a test needs them.
 */
export type TestRota = Awaited<ReturnType<typeof startRota>>;

export async function startRota() {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const database = await postgres.createDatabase();
  await migrate(database.ownerUrl);
  const owner = new Client({ connectionString: database.ownerUrl });
  // A test may stop the server.
  owner.on('error', () => {});
  await owner.connect();
  const keys = createKeys();
  const running: Server[] = [];

  async function listen(app: Server): Promise<{ app: Server; url: string }> {
    running.unshift(app);
    return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }) };
  }

  return {
    postgres,
    redis,
    database,
    keys,
    /** Runs SQL as the owner of the database. */
    sql: <Row extends QueryResultRow>(text: string, values: unknown[] = []) => owner.query<Row>(text, values),

    async startApi() {
      const options = {
        service: 'api',
        replica: `api-${running.length}`,
        deployment: 'test',
        redisUrl: redis.url,
      };
      const { app } = await createApi(
        {
          ...options,
          databaseUrl: database.appUrl,
          poolSize: 10,
          workerPublicKey: keys.publicKey,
          webPublicKey: keys.publicKey,
          fromGateway: anyone,
        },
        silent,
      );
      return listen(app);
    },

    async startWorker(apiUrl: string) {
      const options = {
        service: 'worker',
        replica: 'worker-1',
        deployment: 'test',
        redisUrl: redis.url,
        apiUrl,
      };
      const { app } = await createWorker(
        { ...options, databaseUrl: database.readonlyUrl, poolSize: 10, signingKey: keys.privateKey },
        silent,
      );
      return listen(app);
    },

    async close() {
      for (const app of running) await app.close();
      await owner.end();
      await Promise.all([postgres.close(), redis.close()]);
    },
  };
}

/** A proof that accepts every request, for tests of routes behind the lock. */
export const anyone = () => Promise.resolve();

export async function migrate(ownerUrl: string, steps = migrations): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await applyMigrations(client, steps, silent);
  } finally {
    await client.end();
  }
}
