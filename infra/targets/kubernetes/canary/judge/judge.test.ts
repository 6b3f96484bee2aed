import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'vitest';
import { createProxy } from '../../../../balancer/http-proxy.ts';
import { createFigures, MeteredBackends, type Metered } from '../meter/metered.ts';
import { judgeStep } from './judge.ts';

const host = '127.0.0.1';
const analysis = { errors: 5, for: 1, minRequests: 20 };

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, host);
  t.onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Starts a service with its meter. Returns the port of both its requests and its figures. */
async function startPod(t: TestContext, version: string, service: RequestListener) {
  const backends = new MeteredBackends({ host, port: await listen(t, createServer(service)) });
  const port = await listen(t, createProxy(backends));
  return { port, figures: await listen(t, createFigures(backends, version)) };
}

/** Judges the version `new`, while each pod gets a request every few milliseconds. */
async function judgeNew(t: TestContext, pods: { port: number; figures: number }[]) {
  const ask = async () => {
    const answers = pods.map(async ({ figures }): Promise<[string, Metered]> => {
      const answer = await fetch(`http://${host}:${figures}/one`);
      return [String(figures), (await answer.json()) as Metered];
    });
    return { figures: new Map(await Promise.all(answers)) };
  };
  const timer = setInterval(() => {
    for (const { port } of pods)
      fetch(`http://${host}:${port}/`).then(
        ({ body }) => body?.cancel(),
        () => {},
      );
  }, 10);
  t.onTestFinished(() => clearInterval(timer));
  return judgeStep({ analysis, version: 'new', weight: 25 }, ask);
}

const good: RequestListener = (_, response) => void response.end('fine');
const bad: RequestListener = (_, response) => void response.writeHead(500).end('wrong');

test('a version is judged by the answers of all its pods', async (t) => {
  const pods = await Promise.all([
    startPod(t, 'old', bad),
    startPod(t, 'new', good),
    startPod(t, 'new', good),
  ]);
  const { passed, text } = await judgeNew(t, pods);
  assert.ok(passed, text);
  assert.match(text, /^25 %: \d+ requests, 0 % errors, p99 \d+ ms$/);
});

test('a version that does not keep to its limits fails, and the figures of both are told', async (t) => {
  const pods = await Promise.all([
    startPod(t, 'old', good),
    startPod(t, 'new', good),
    startPod(t, 'new', bad),
  ]);
  const { passed, text } = await judgeNew(t, pods);
  assert.ok(!passed);
  assert.match(
    text,
    /^its canary failed at 25 %: [\d.]+ % errors, and the limit is <5 % \(the new version: /,
  );
  assert.match(text, /the old version: \d+ requests, 0 % errors/);
});

test('a measurement begins to count when it first asks, and a refused request counts once', async (t) => {
  const backends = new MeteredBackends({ host, port: await listen(t, createServer(good)) });
  backends.answered({ host, port: 1 }, 5, true);
  assert.equal(backends.countsOf('one').requests, 0);
  const closed = createServer(good);
  const port = await listen(t, closed);
  closed.close();
  const refusing = new MeteredBackends({ host, port });
  const proxy = await listen(t, createProxy(refusing));
  const abandoned = new AbortController();
  const waiting = fetch(`http://${host}:${proxy}/`, { signal: abandoned.signal });
  await assert.rejects(Promise.race([waiting, once(closed, 'never', { signal: AbortSignal.timeout(500) })]), {
    name: 'AbortError',
  });
  abandoned.abort();
  await assert.rejects(waiting);
  assert.equal(refusing.countsOf('').errors, 1);
});
