import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { type Browser, chromium, type Page } from 'playwright-core';
import { freePort } from './servers.ts';
import { anyone } from './rota.ts';
import type { NewShift } from '../services/web/api/schema.ts';
import { createWeb } from '../services/web/app.ts';
import { addDays, dateOf, weekOf } from '../services/web/weeks/week.ts';
import { type StubApi, startStubApi } from '../services/web/testing/stub-api.ts';
import { createLogger } from '../services/shared/logger.ts';
import { type Gateway, startGateway } from '../infra/gateway/start.ts';
import { bundleWorker } from '../infra/gateway/testing/harness.ts';
import { unless } from '../tools/testing/unless.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const lack = existsSync(executablePath)
  ? undefined
  : `there is no ${executablePath} (apt-get install chromium)`;

let stub: StubApi;
let web: ReturnType<typeof createWeb>['app'];
let worker: Awaited<ReturnType<typeof bundleWorker>>;
let gateway: Gateway;
let awayPort: number;
let browser: Browser;
let page: Page;
/** Errors that the browser reports, for example violations of the content security policy. */
const complaints: string[] = [];

beforeAll(async () => {
  if (lack) return;
  stub = await startStubApi();
  const log = createLogger({ level: 'silent', service: 'web', replica: 'web-1' });
  const api = { url: stub.url, token: () => Promise.resolve('token') };
  web = createWeb({ service: 'web', replica: 'web-1', api, fromGateway: anyone }, log).app;
  const origin = await web.listen({ host: '127.0.0.1', port: 0 });
  awayPort = await freePort();
  worker = await bundleWorker();
  const routes = [
    { path: '/api/*', origin: stub.url },
    { path: '/away/*', origin: `http://127.0.0.1:${awayPort}` },
    { path: '/*', origin },
  ];
  gateway = await startGateway(
    { script: worker.script, host: '127.0.0.1', port: 0, routes },
    () => undefined,
  );
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(gateway.url);
});

afterAll(async () => {
  if (lack) return;
  await browser.close();
  await gateway.stop();
  await web.close();
  await stub.close();
  await worker.remove();
});

const monday = weekOf(dateOf(new Date()))?.monday ?? '';

function shiftOf(employee: string, day: number): NewShift {
  const date = addDays(monday, day);
  return {
    employee,
    role: 'Barista',
    start: `${date}T09:00:00.000Z`,
    end: `${date}T17:00:00.000Z`,
    note: null,
  };
}

const shown = (employee: string) => page.locator(`.shift[aria-label^="${employee},"]`);

unless(lack).test(
  'every added, changed or deleted shift appears without a reload, with its notification',
  async () => {
    await page.locator('#live[data-state=connected]').waitFor();
    await page.locator('text=Nobody is on the rota yet').waitFor();
    await page.fill('#note', 'typed, not yet sent');
    await page.evaluate('window.sameDocument = true');

    const shift = stub.add(shiftOf('Grace', 2));
    await shown('Grace').waitFor();
    await page.locator('#news', { hasText: 'Grace' }).waitFor();
    await fetch(`${gateway.url}/api/v1/shifts/${shift.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"1"' },
      body: JSON.stringify({ ...shiftOf('Grace', 2), role: 'Kitchen' }),
    });
    await shown('Grace').filter({ hasText: 'Kitchen' }).waitFor();
    await fetch(`${gateway.url}/api/v1/shifts/${shift.id}`, {
      method: 'DELETE',
      headers: { 'if-match': '*' },
    });
    await shown('Grace').waitFor({ state: 'detached' });

    assert.equal(await page.inputValue('#note'), 'typed, not yet sent');
    assert.equal(await page.evaluate('window.sameDocument'), true);
  },
);

unless(lack).test(
  'the page shows a lost connection, reconnects automatically and loads missed changes',
  async () => {
    await page.evaluate(`
    window.states = [];
    new MutationObserver((records) => window.states.push(...records.map((record) => record.oldValue)))
      .observe(document.getElementById('live'), { attributeFilter: ['data-state'], attributeOldValue: true });
  `);
    stub.shifts.push({
      ...shiftOf('Missed', 1),
      id: '22222222-2222-4222-8222-222222222222',
      createdAt: '',
      updatedAt: '',
      version: 1,
    });
    stub.dropSockets(1012);
    await shown('Missed').waitFor();
    assert.deepEqual(await page.evaluate('window.states'), ['connected', 'reconnecting']);
    await page.locator('#live[data-state=connected]').waitFor();
  },
);

unless(lack).test(
  'the form adds, refuses, changes and deletes without a page load, by keyboard',
  async () => {
    await page.fill('#employee', 'Ada');
    await page.fill('#role', 'Barista');
    await page.fill('#date', addDays(monday, 3));
    await page.locator('#note').press('Tab');
    await page.keyboard.press('Enter');
    await shown('Ada').waitFor();
    assert.equal(await page.evaluate('document.activeElement.id'), 'employee');

    await page.fill('#employee', 'Ada');
    await page.fill('#role', 'Kitchen');
    await page.fill('#date', addDays(monday, 3));
    await page.click('text=Add shift');
    await page.locator('.problem', { hasText: 'already has a shift' }).waitFor();
    assert.equal(await page.inputValue('#role'), 'Kitchen');

    await shown('Ada').focus();
    await page.keyboard.press('Enter');
    const editor = page.locator('h2', { hasText: 'Change the shift' });
    await editor.waitFor();
    await page.fill('#role', 'Night watch');
    await page.click('text=Save');
    await shown('Ada').filter({ hasText: 'Night watch' }).waitFor();
    // The live connection may show the change before the form has its response; its buttons then refer to the old
    // version.
    await editor.waitFor({ state: 'detached' });
    await shown('Ada').click();
    await editor.waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.click('text=Delete');
    await shown('Ada').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('window.sameDocument'), true);
  },
);

unless(lack).test('the page violates no policy and is never wider than its screen', async () => {
  for (const width of [360, 390, 820, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width, `${width} px`);
  }
  // The refusal of the overlapping shift is the only expected response above 399.
  assert.deepEqual(
    complaints.filter((text) => !text.includes('409')),
    [],
  );
});

unless(lack).test('the page of an outage reloads automatically, and when its button is pressed', async () => {
  const outage = await browser.newPage();
  await outage.goto(`${gateway.url}/away/x?a=1`);
  const reload = () => outage.waitForEvent('framenavigated');
  await reload();
  const pressed = reload();
  await outage.getByRole('button', { name: 'Try again' }).click();
  await pressed;
  assert.equal(outage.url(), `${gateway.url}/away/x?a=1`);
  await outage.close();
});
