import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { eventually } from '../../tools/testing/eventually.ts';
import { chromiumPath, openBrowser } from '../../tests/live/browser.ts';
import { anyone } from '../../tests/rota.ts';
import { unless } from '../../tools/testing/unless.ts';
import { createLogger } from '../shared/logger.ts';
import type { Server } from '../shared/server.ts';
import type { ServiceState, SystemStatus } from '../shared/status.ts';
import { createWeb } from './app.ts';
import { type StubApi, startStubApi } from './testing/stub-api.ts';

let stub: StubApi;
let app: Server;
let url: string;

beforeAll(async () => {
  stub = await startStubApi();
  const log = createLogger({ level: 'silent', service: 'web', replica: 'web-1' });
  const api = { url: stub.url, token: () => Promise.resolve('token') };
  ({ app } = createWeb({ service: 'web', replica: 'web-1', api, fromGateway: anyone }, log));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(() => {
  stub.broken = undefined;
  stub.status = healthy();
});
afterAll(async () => {
  await app.close();
  await stub.close();
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function service(name: string, replicas: number): ServiceState {
  const [deployment, seenAt, startedAt] = ['ad4bcd77e8335c21', minutesAgo(0), minutesAgo(125)];
  return {
    name,
    state: 'healthy',
    deployment,
    deployedAt: startedAt,
    seenAt,
    periodic: name === 'scheduler',
    replicas: Array.from({ length: replicas }, (_, index) => ({
      id: `${name}-${index + 1}`,
      state: 'ready' as const,
      deployment,
      startedAt,
      seenAt,
      failing: [],
    })),
  };
}

function healthy(): SystemStatus {
  const services = [service('api', 2), service('scheduler', 1), service('web', 2), service('worker', 1)];
  const queues = ['notifications', 'reports', 'cleanup'].map((name) => ({
    name,
    waiting: 0,
    active: 0,
    delayed: 0,
    failed: 0,
  }));
  const dependencies = ['postgres', 'redis'].map((name) => {
    return { name, state: 'healthy' as const, milliseconds: 2 };
  });
  return { complete: true, lastDeployAt: minutesAgo(125), dependencies, services, queues };
}

/** One api replica has no Redis, the worker is gone, and two reports have failed. */
function troubled(): SystemStatus {
  const status = healthy();
  const [api, , , worker] = status.services;
  Object.assign(api!, { state: 'degraded' });
  Object.assign(api!.replicas[1]!, { state: 'not_ready', failing: ['redis'] });
  Object.assign(worker!, { state: 'gone' });
  Object.assign(worker!.replicas[0]!, { state: 'gone' });
  Object.assign(status.queues[1]!, { waiting: 12, failed: 2 });
  return status;
}

test('the page of a healthy system has one sentence, its services, replicas and queues', async () => {
  const { statusCode, body, headers } = await app.inject('/status');
  assert.equal(statusCode, 200);
  assert.match(body, /All services are healthy, and no job has failed\./);
  assert.match(body, /gateway[^]*Healthy[^]*postgres[^]*Healthy[^]*answers in 2 ms[^]*redis[^]*Healthy/);
  assert.match(body, /api-2[^]*Ready[^]*up 2 h/);
  assert.match(body, /Last run/);
  assert.match(body, /<th scope="row">notifications<\/th>/);
  assert.match(body, /<noscript><meta http-equiv="refresh" content="15"/);
  assert.equal(headers['cache-control'], 'no-store');
  assert.doesNotMatch(body, /<script(?![^>]* src=)|\son\w+="|style="/);
  assert.match((await app.inject('/')).body, /href="\/status"/);
});

test('problems come first, with the failing check', async () => {
  stub.status = troubled();
  const { body } = await app.inject('/status');
  assert.match(body, /Api is degraded, worker is gone, 2 jobs have failed\./);
  assert.match(body, /api-2[^]*Not ready[^]*no redis/);
  assert.match(body, /worker-1[^]*Gone[^]*last seen/);
  assert.match(body, /npx --no -- railhead jobs/);
});

test('failed jobs and an unreachable database are problems, even if all services are healthy', async () => {
  stub.status = healthy();
  Object.assign(stub.status.queues[1]!, { failed: 302 });
  assert.match((await app.inject('/status')).body, /class="overall degraded"[^>]*>302 jobs have failed\./);
  Object.assign(stub.status.dependencies[0]!, { state: 'gone' });
  const { body } = await app.inject('/status');
  assert.match(body, /class="overall gone"[^>]*>Postgres is gone, 302 jobs have failed\./);
  assert.match(body, /postgres[^]*Gone[^]*does not answer/);
});

test('without Redis, and without the api, the page explains what is unavailable', async () => {
  stub.status = { ...healthy(), complete: false, queues: [] };
  assert.match((await app.inject('/status')).body, /Redis cannot be reached/);
  stub.broken = { status: 503, body: {} };
  const { statusCode, body } = await app.inject('/status');
  assert.equal(statusCode, 503);
  assert.match(body, /The api cannot be reached/);
  assert.match(body, /gateway[^]*Healthy[^]*postgres[^]*Unknown[^]*redis[^]*Unknown/);
  assert.match(body, /data-every="5"/);
});

const lack = chromiumPath === undefined ? 'no Chromium on this machine' : undefined;

unless(lack).test(
  'an open page updates without a reload, fits every width, and violates no policy',
  async () => {
    const browser = await openBrowser();
    try {
      const page = await newPage(browser);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(`${url}/status`);
      await page.evaluate('window.sameDocument = true');
      await page.getByText('All services are healthy').first().waitFor();

      stub.status = troubled();
      await page.locator('#overall', { hasText: 'worker is gone' }).waitFor();
      assert.equal(
        await page.textContent('#announce'),
        'Api is degraded, worker is gone, 2 jobs have failed.',
      );
      for (const width of [360, 820, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
        assert.ok(wide <= width, `${width} px`);
        const overhang = await page.evaluate(
          `[...document.querySelectorAll('.card')].filter((card) => card.scrollWidth > card.clientWidth).length`,
        );
        assert.equal(overhang, 0, `no card is too narrow at ${width} px`);
      }
      assert.deepEqual(complaints, []);

      stub.broken = { status: 503, body: {} };
      await page.locator('#overall', { hasText: 'The api cannot be reached' }).waitFor();
      stub.broken = undefined;
      await page.locator('#overall', { hasText: 'worker is gone' }).waitFor();
      assert.equal(await page.evaluate('window.sameDocument'), true);
    } finally {
      await browser.close();
    }
  },
);

unless(lack).test('without JavaScript the browser reloads the page automatically', async () => {
  const browser = await openBrowser();
  try {
    const page = await newPage(browser, false);
    await page.goto(`${url}/status`);
    const refresh = await eventually(() => page.locator('meta[http-equiv=refresh]').getAttribute('content'));
    assert.equal(refresh, '15');
    assert.ok(await page.getByText('All services are healthy').first().isVisible());
  } finally {
    await browser.close();
  }
});

async function newPage(browser: Browser, javaScriptEnabled = true) {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}
