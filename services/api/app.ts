import { addShiftEvents } from '../shared/jobs.ts';
import { addHealth } from '../shared/health.ts';
import type { Logger } from '../shared/logger.ts';
import { openPostgres } from '../shared/postgres.ts';
import { openQueue } from '../shared/queue.ts';
import { failFast, openRedis, waitForRedis } from '../shared/redis.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createTokenVerifier } from '../shared/service-token.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { addLiveRoute, publishLive } from './events/live.ts';

import { startReconciler } from './events/reconciler.ts';
import { startRelay } from './events/relay.ts';
import { addInternalRoutes } from './internal.ts';
import { addNotificationRoutes } from './notifications/routes.ts';
import { addShiftRoutes } from './shifts/routes.ts';

export interface ApiOptions {
  service: string;
  replica: string;
  databaseUrl: string;
  redisUrl: string;
  /** SPKI PEM, one block or several. */
  workerPublicKey: string;
}

/** The api, not yet listening. All that it opens is closed by `app.close()`, in reverse order. */
export async function createApi(options: ApiOptions, log: Logger): Promise<{ app: Server; drain: Drain }> {
  const { service, replica, databaseUrl, redisUrl, workerPublicKey } = options;
  const app = createServer(log);
  const drain = createDrain(app);

  const verify = await createTokenVerifier(workerPublicKey, { issuer: 'worker', audience: 'api' });
  const pool = openPostgres(app, databaseUrl);
  const redis = openRedis(app, redisUrl, failFast);
  const subscriber = openRedis(app, redisUrl, waitForRedis);
  const queue = openQueue(app, redis);
  const relay = startRelay(app, pool, async (events) => {
    await addShiftEvents(queue, events);
    await publishLive(redis, events);
  });
  startReconciler(app, pool, (events) => addShiftEvents(queue, events));

  const checks = { database: () => pool.query('select 1'), redis: () => redis.ping() };
  addHealth(app, { service, replica, checks, draining: drain.draining });
  await addLiveRoute(app, subscriber);
  addShiftRoutes(app, { pool, onEvent: relay.wake });
  addNotificationRoutes(app, pool);
  await addInternalRoutes(app, { pool, verify });
  return { app, drain };
}
