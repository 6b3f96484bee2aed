import { createTokenVerifier } from 'railhead/service-token';
import { addHealth, runChecks } from '../shared/health.ts';
import { addLock, fromService, onlyBelow, type Proof } from '../shared/lock.ts';
import type { Logger } from '../shared/logger.ts';
import { addMetrics } from '../shared/metrics.ts';
import { openPostgres } from '../shared/postgres.ts';
import { announcePresence, presenceOf, savePresence } from '../shared/presence.ts';
import type { Identity } from '../shared/process.ts';
import { openQueues } from '../shared/queues.ts';
import { failFast, openRedis, waitForRedis } from '../shared/redis.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { addCleanupRoute } from './cleanup.ts';
import { addEventJobs } from './events/jobs.ts';
import { addLiveRoute, publishLive } from './events/live.ts';
import { startReconciler } from './events/reconciler.ts';
import { startRelay } from './events/relay.ts';
import { addInternalRoutes } from './internal.ts';
import { addInternalNotificationRoutes } from './notifications/internal.ts';
import { addNotificationRoutes } from './notifications/routes.ts';
import { addQueueLength } from './queue-length.ts';
import { addInternalReportRoutes } from './reports/internal.ts';
import { addReportRoutes } from './reports/routes.ts';
import { addShiftRoutes } from './shifts/routes.ts';
import { addPresenceRoute } from './status/internal.ts';
import { addStatusRoute } from './status/routes.ts';

export interface ApiOptions extends Identity {
  databaseUrl: string;
  /** Maximum number of connections to the database. */
  poolSize: number;
  redisUrl: string;
  /** One or several SPKI PEM blocks. */
  workerPublicKey: string;
  webPublicKey: string;
  /** Verifies that a request comes from the gateway. */
  fromGateway: Proof;
}

/**
 * Creates the api, which does not listen yet. `app.close()` closes all its connections, in reverse order of opening.
 */
export async function createApi(options: ApiOptions, log: Logger): Promise<{ app: Server; drain: Drain }> {
  const { databaseUrl, poolSize, redisUrl, workerPublicKey, webPublicKey, fromGateway, ...identity } =
    options;
  const app = createServer(log);
  const drain = createDrain(app);
  const fromWorker = fromService(
    await createTokenVerifier(workerPublicKey, { issuer: 'worker', audience: 'api' }),
  );
  const fromWeb = fromService(await createTokenVerifier(webPublicKey, { issuer: 'web', audience: 'api' }));
  addLock(app, [fromGateway, fromWeb, onlyBelow('/internal', fromWorker)]);

  const pool = openPostgres(app, databaseUrl, poolSize);
  const redis = openRedis(app, redisUrl, failFast);
  const subscriber = openRedis(app, redisUrl, waitForRedis);
  const queues = openQueues(app, redis);
  const relay = startRelay(app, pool, async (events) => {
    await addEventJobs(queues, events);
    await publishLive(redis, events);
  });
  startReconciler(app, pool, (events) => addEventJobs(queues, events));

  const checks = { database: () => pool.query('select 1') };
  // Writes wait in the outbox while Redis is away.
  const watched = { redis: () => redis.ping() };
  const all = { ...checks, ...watched };
  addHealth(app, { ...identity, checks, watched, draining: drain.draining });
  addQueueLength(addMetrics(app), queues);
  announcePresence(app, { identity, checks: all }, (presence) => savePresence(redis, presence));
  await addLiveRoute(app, subscriber);
  addShiftRoutes(app, { pool, onEvent: relay.wake });
  addReportRoutes(app, { pool, onEvent: relay.wake });
  addNotificationRoutes(app, pool);
  const dependencies = { postgres: checks.database, redis: watched.redis };
  const own = async () => presenceOf(identity, await runChecks(all));
  addStatusRoute(app, { redis, queues, dependencies, own });

  const worker = {
    proof: fromWorker,
    addRoutes(internal: Server) {
      addInternalNotificationRoutes(internal, pool);
      addInternalReportRoutes(internal, pool);
      addCleanupRoute(internal, pool);
    },
  };
  const web = {
    proof: fromWeb,
    addRoutes: (internal: Server) => addPresenceRoute(internal, redis),
  };
  await addInternalRoutes(app, [worker, web]);
  return { app, drain };
}
