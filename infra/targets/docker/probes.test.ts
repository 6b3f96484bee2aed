import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'vitest';
import { capture } from '../../../tools/command.ts';
import { httpCheck } from './probes.ts';

test('a check passes when all of its paths answer, and prints the ones that do not', async (t) => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/gone' ? 404 : 200).end('fine');
  });
  server.listen(0, '127.0.0.1');
  t.onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const check = async (...paths: string[]) => {
    const [, program = '', ...args] = httpCheck(port, paths);
    const { code, stdout } = await capture(program, args);
    return [code, stdout.trim()];
  };
  assert.deepEqual(await check('/health', '/ready'), [0, '']);
  assert.deepEqual(await check('/health', '/health'), [0, '']);
  const failed = [1, `GET http://127.0.0.1:${port}/gone: answered 404`];
  assert.deepEqual(await check('/gone', '/ready'), failed);
  assert.deepEqual(await check('/health', '/gone'), failed);
});
