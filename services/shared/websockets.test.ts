import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as startRequest, type IncomingMessage } from 'node:http';
import { test } from 'vitest';
import { silent } from '../../tests/rota.ts';
import { createServer } from './server.ts';
import { addWebSockets } from './websockets.ts';

test('an upgrade succeeds on a WebSocket route, and is a 4xx on any other', async (t) => {
  const app = createServer(silent);
  await addWebSockets(app, {});
  app.get('/plain', () => 'plain');
  app.get('/live', { websocket: true }, (socket: { close(): void }) => socket.close());
  t.onTestFinished(() => app.close());
  const { hostname, port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const upgrade = async (path: string) => {
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    const request = startRequest({
      hostname,
      port,
      path,
      headers: { ...headers, ...key },
      agent: false,
    }).end();
    const [answer] = (await Promise.race([once(request, 'response'), once(request, 'upgrade')])) as [
      IncomingMessage,
    ];
    answer.socket.destroy();
    return answer.statusCode;
  };
  assert.deepEqual(
    [await upgrade('/live'), await upgrade('/plain'), await upgrade('/none')],
    [101, 400, 404],
  );
  assert.equal((await app.inject('/plain')).statusCode, 200);
});
