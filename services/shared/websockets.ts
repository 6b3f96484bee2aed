import websocket, { type WebsocketPluginOptions } from '@fastify/websocket';
import { HttpError, sendError } from './errors.ts';
import type { Server } from './server.ts';

/** Lets routes be WebSockets. Asked for one elsewhere, the plug-in would open it and close it at once: that is a 400. */
export async function addWebSockets(app: Server, options: WebsocketPluginOptions): Promise<void> {
  const paths = new Set<string | undefined>();
  app.addHook('onRoute', (route) => {
    if (route.websocket) paths.add(route.url);
  });
  app.addHook('onRequest', async (request, reply) => {
    const { headers, routeOptions, is404 } = request;
    if (headers.upgrade?.toLowerCase() !== 'websocket' || is404 || paths.has(routeOptions.url)) return;
    sendError(new HttpError(400, 'no_websocket', 'There is no WebSocket at this address.'), request, reply);
    // The connection is no longer Node's to close, and not yet the WebSocket server's.
    reply.raw.once('finish', () => request.raw.socket.destroySoon());
    return reply;
  });
  await app.register(websocket, options);
}
