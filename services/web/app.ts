import { addHealth, type Check } from '../shared/health.ts';
import { addLock, type Proof } from '../shared/lock.ts';
import type { Logger } from '../shared/logger.ts';
import { addMetrics } from '../shared/metrics.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { type ApiAccess, pingApi } from './api/client.ts';
import { addAssets } from './assets.ts';
import { addRoutes } from './routes.ts';
import { addSecurity } from './security.ts';
import { addStatusRoute } from './status.ts';

export interface WebOptions {
  service: string;
  replica: string;
  api: ApiAccess;
  /** Verifies that a request comes from the gateway. */
  fromGateway: Proof;
}

/** Creates the web service, which does not listen yet. */
export function createWeb(
  options: WebOptions,
  log: Logger,
): { app: Server; drain: Drain; checks: Record<string, Check> } {
  const { service, replica, api, fromGateway } = options;
  const app = createServer(log);
  const drain = createDrain(app);
  addLock(app, [fromGateway]);
  addSecurity(app);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  const checks = { api: () => pingApi(api.url, 'health') };
  addHealth(app, { service, replica, checks, draining: drain.draining });
  addMetrics(app);
  const asset = addAssets(app);
  addStatusRoute(app, { api, asset });
  addRoutes(app, { api, asset });
  return { app, drain, checks };
}
