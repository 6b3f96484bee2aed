import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'vitest';
import { createProxy } from '../../../../balancer/http-proxy.ts';
import { createFigures, MeteredBackends, type Metered } from '../meter/metered.ts';
import { judgeStep, type Told } from './judge.ts';

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

/** Judges the version `new` by what its only pod tells at each look; the last answer stays. */
function judgeTold(told: Told[], limits: { for: number; minRequests: number }) {
  const answers = [...told];
  const ask = () => Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) as Told);
  return judgeStep({ analysis: { errors: 5, ...limits }, version: 'new', weight: 25 }, ask);
}

const told = (requests: number, errors: number, version = 'new'): Told => ({
  figures: new Map([['10.0.0.1', { version, counts: { requests, errors, buckets: [[10, requests]] } }]]),
});

test('a version whose pods tell no figures at the end fails', async () => {
  const limits = { for: 1, minRequests: 100 };
  const failed = 'its canary failed at 25 %: none of its pods told its figures at the end: ';
  const problem = '10.0.0.1: timeout';
  const silent = await judgeTold([told(150, 0), { figures: new Map(), problem }], limits);
  assert.deepEqual(silent, { passed: false, text: `${failed}${problem}` });
  const gone = await judgeTold([told(150, 0), { figures: new Map() }], limits);
  assert.deepEqual(gone, { passed: false, text: `${failed}they have no address` });
  const replaced = await judgeTold([told(150, 0), told(150, 0, 'old')], limits);
  assert.deepEqual(replaced, { passed: false, text: `${failed}they have no address` });
});

test('what a meter counted before it started again still counts, and that of an earlier pod at its address', async () => {
  const limits = { for: 1, minRequests: 100 };
  const restarted = await judgeTold([told(99, 99), told(90, 0), told(80, 0)], limits);
  assert.match(restarted.text, /the new version: 189 requests, 52.38 % errors/);
  const moved = await judgeTold([told(150, 0, 'old'), told(200, 0)], limits);
  assert.match(moved.text, /^25 %: 200 requests, 0 % errors/);
  const back = await judgeTold([told(99, 99), told(10, 0, 'old'), told(150, 0)], limits);
  assert.match(back.text, /the new version: 249 requests, 39.76 % errors, .*the old version: 10 requests/);
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
