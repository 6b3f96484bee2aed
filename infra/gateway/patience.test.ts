import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
const waiting: ServerResponse[] = [];

beforeAll(async () => {
  origin = await startOrigin((_request, response) => waiting.push(response));
  gateway = await startWorker({ routes: [{ path: '/*', origin: origin.url }] });
});
afterAll(async () => {
  await gateway.stop();
  origin.close();
});

test('an origin that does not start its response within half a minute is a 504', async () => {
  const { status, body } = await ask(gateway.url, '/slow');
  assert.equal(status, 504);
  assert.match(body, /gateway_timeout/);
  const [response] = waiting;
  assert.equal(waiting.length, 1);
  if (response?.closed === false) await once(response, 'close');
});
