import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'vitest';
import { publishedHost } from '../../common/loopback.ts';
import { graphOf } from '../../graph/scratch-graph.ts';
import { scratch } from '../../stack/scratch.ts';
import { preflightProcess } from './preflight.ts';

test('a published port that another process uses is found before anything is created', async (t) => {
  const root = scratch(t, {});
  const server = createServer().listen(0, publishedHost);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const graph = graphOf(t, `name: x\nservices: { web: { source: app, port: 80, publish: ${port} } }`);
  const published = async () => {
    const checks = await preflightProcess(graph, { root, environment: 'test', dockerPool: undefined });
    return checks.find(({ name }) => name === 'Published ports');
  };
  const taken = await published();
  server.close();
  await once(server, 'close');
  const address = `${publishedHost}:${port}`;
  assert.match(
    taken?.found ?? '',
    new RegExp(`^services\\.web\\.publish\\.main: ${address} is already in use by pid ${process.pid} \\(`),
  );
  assert.match(taken?.found ?? '', /; end that process, or choose another port$/);
  assert.equal(taken?.mend, `lsof -nP -sTCP:LISTEN -iTCP:${port}`);
  assert.deepEqual(await published(), { name: 'Published ports', found: `${address}, none used by others` });
});
