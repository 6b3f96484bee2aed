import { addHealth, type Check } from '../shared/health.ts';
import type { Logger } from '../shared/logger.ts';
import { createServer, type Server } from '../shared/server.ts';
import { createDrain, type Drain } from '../shared/shutdown.ts';
import { pingApi } from './api/client.ts';
import { addAssets } from './assets.ts';
import { addRoutes } from './routes.ts';
import { addSecurity } from './security.ts';
import { addStatusRoute } from './status.ts';

export interface WebOptions {
  service: string;
  replica: string;
  /** `http://127.0.0.1:3001` */
  apiUrl: string;
}

/** The web service, not yet listening. */
export function createWeb(
  options: WebOptions,
  log: Logger,
): { app: Server; drain: Drain; checks: Record<string, Check> } {
  const { service, replica, apiUrl } = options;
  const app = createServer(log);
  const drain = createDrain(app);
  addSecurity(app);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  const checks = { api: () => pingApi(apiUrl, 'health') };
  addHealth(app, { service, replica, checks, draining: drain.draining });
  const asset = addAssets(app);
  addStatusRoute(app, { apiUrl, asset });
  addRoutes(app, { apiUrl, asset });
  return { app, drain, checks };
}
