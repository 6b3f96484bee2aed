import { addHealth } from '../shared/health.ts';
import type { Logger } from '../shared/logger.ts';
import { addMetrics } from '../shared/metrics.ts';
import { openPostgres } from '../shared/postgres.ts';
import { announcePresence, savePresence } from '../shared/presence.ts';
import type { Identity } from '../shared/process.ts';
import { openQueues } from '../shared/queues.ts';
import { failFast, openRedis, waitForRedis } from '../shared/redis.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { createApiClient } from './api-client.ts';
import { handleCleanup } from './cleanup.ts';
import { startConsumers } from './consumers.ts';
import { handleNotifications } from './notifications.ts';
import { handleReports } from './reports.ts';

export interface WorkerOptions extends Identity {
  /** URL with a read-only role. */
  databaseUrl: string;
  /** Maximum number of connections to the database. */
  poolSize: number;
  redisUrl: string;
  apiUrl: string;
  /** PKCS8 PEM. */
  signingKey: string;
}

/**
 * Creates the worker, which starts to process jobs at once. Its server, for health and metrics, does not listen yet.
 */
export async function createWorker(
  options: WorkerOptions,
  log: Logger,
): Promise<{ app: Server; drain: Drain }> {
  const { databaseUrl, poolSize, redisUrl, apiUrl, signingKey, ...identity } = options;
  const app = createServer(log);
  const drain = createDrain(app);

  const api = await createApiClient(apiUrl, signingKey);
  const pool = openPostgres(app, databaseUrl, poolSize);
  const redis = openRedis(app, redisUrl, failFast);
  const queues = openQueues(app, redis);
  startConsumers(app, openRedis(app, redisUrl, waitForRedis), queues, {
    notifications: handleNotifications(pool, api),
    reports: handleReports(pool, api),
    cleanup: handleCleanup(api),
  });

  const checks = { database: () => pool.query('select 1'), redis: () => redis.ping(), api: api.ping };
  addHealth(app, { ...identity, checks, draining: drain.draining });
  addMetrics(app);
  announcePresence(app, { identity, checks }, (presence) => savePresence(redis, presence));
  return { app, drain };
}
