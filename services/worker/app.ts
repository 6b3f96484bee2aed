import { addHealth } from '../shared/health.ts';
import type { Logger } from '../shared/logger.ts';
import { openPostgres } from '../shared/postgres.ts';
import { openQueue } from '../shared/queue.ts';
import { failFast, openRedis, waitForRedis } from '../shared/redis.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { createApiClient } from './api-client.ts';
import { startConsumer } from './consumer.ts';
import { createHandler } from './handle.ts';
import { watchConsumer } from './watchdog.ts';

export interface WorkerOptions {
  service: string;
  replica: string;
  /** Of a role that only reads. */
  databaseUrl: string;
  redisUrl: string;
  apiUrl: string;
  /** PKCS8 PEM. */
  signingKey: string;
}

/** The worker, which works at once; its server answers for its health and is not yet listening. */
export async function createWorker(
  options: WorkerOptions,
  log: Logger,
): Promise<{ app: Server; drain: Drain }> {
  const { service, replica, databaseUrl, redisUrl, apiUrl, signingKey } = options;
  const app = createServer(log);
  const drain = createDrain(app);

  const api = await createApiClient(apiUrl, signingKey);
  const pool = openPostgres(app, databaseUrl);
  const redis = openRedis(app, redisUrl, failFast);
  const queue = openQueue(app, redis);
  const consumer = startConsumer(app, openRedis(app, redisUrl, waitForRedis), createHandler(pool, api, log));
  watchConsumer(app, consumer, queue, {
    limit: 30_000,
    onStuck: () => {
      log.fatal('jobs wait and none is taken: starting over');
      process.exit(1);
    },
  });

  const checks = { database: () => pool.query('select 1'), redis: () => redis.ping(), api: api.ping };
  addHealth(app, { service, replica, checks, draining: drain.draining });
  return { app, drain };
}
