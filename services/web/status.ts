import type { Server } from '../shared/server.ts';
import { type ApiAccess, createApi } from './api/client.ts';
import { ApiUnavailable } from './api/request.ts';
import { errorPages } from './error-pages.ts';
import type { AssetUrl } from './pages/layout.ts';
import { statusPage } from './pages/status.ts';

/**
 * Adds `/status`. Responds with 503 and the same page while the api is unavailable, so that an open page keeps
 * polling.
 */
export function addStatusRoute(app: Server, { api, asset }: { api: ApiAccess; asset: AssetUrl }): void {
  app.get('/status', { errorHandler: errorPages(asset) }, async (request, reply) => {
    const status = await createApi(api, request.id)
      .readStatus()
      .catch((error: unknown) => {
        if (!(error instanceof ApiUnavailable)) throw error;
        request.log.warn({ err: error }, 'the api cannot be reached');
        return undefined;
      });
    return reply
      .code(status ? 200 : 503)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(statusPage({ status, now: new Date(), asset }));
  });
}
