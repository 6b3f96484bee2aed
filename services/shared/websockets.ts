import websocket, { type WebsocketPluginOptions } from '@fastify/websocket';
import { HttpError, sendError } from './errors.ts';
import type { Server } from './server.ts';

/**
 * Adds support for WebSocket routes. Responds with 400 to an upgrade request for any other route, where the plug-in
 * would open the WebSocket and close it at once.
 */
export async function addWebSockets(app: Server, options: WebsocketPluginOptions): Promise<void> {
  const paths = new Set<string | undefined>();
  app.addHook('onRoute', (route) => {
    if (route.websocket) paths.add(route.url);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { headers, routeOptions, is404 } = request;
    if (headers.upgrade?.toLowerCase() !== 'websocket' || is404 || paths.has(routeOptions.url)) return;
    sendError(new HttpError(400, 'no_websocket', 'There is no WebSocket at this address.'), request, reply);
    // After an upgrade request Node no longer closes the connection, and the WebSocket server does not have it yet.
    reply.raw.once('finish', () => request.raw.socket.destroySoon());
    return reply;
  });
  await app.register(websocket, options);
}
