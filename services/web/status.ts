import type { Server } from '../shared/server.ts';
import { type ApiAccess, createApi } from './api/client.ts';
import { ApiUnavailable } from './api/request.ts';
import type { AssetUrl } from './assets.ts';
import { errorPages } from './error-pages.ts';
import { statusPage } from './pages/status.ts';

/** `/status`: 503 with the same page when the api is away, so that an open one goes on looking. */
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
