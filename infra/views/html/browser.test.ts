import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { chromiumPath, openBrowser } from '../../../tests/live/browser.ts';
import { unless } from '../../../tools/testing/unless.ts';
import { documents } from '../testing/documents.ts';
import { drawHtml } from './html.ts';

const lack = chromiumPath === undefined ? 'there is no Chromium (apt-get install chromium)' : undefined;
let browser: Browser;

beforeAll(async () => {
  if (lack === undefined) browser = await openBrowser();
});

afterAll(() => (lack === undefined ? browser.close() : undefined));

async function open(width: number) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => complaints.push(request.url()));
  await page.setContent(await drawHtml(documents.everything));
  return { page, complaints };
}

unless(lack).test('the policy of the page allows its own style, and the page requests nothing', async () => {
  const { page, complaints } = await open(1280);
  const border = await page.evaluate<string>(
    "getComputedStyle(document.querySelector('.risks')).borderTopWidth",
  );
  assert.equal(border, '2px');
  assert.deepEqual(complaints, []);
});

unless(lack).test('a phone scrolls the page in one direction, also with all details open', async () => {
  const { page } = await open(390);
  for (const summary of await page.locator('summary').all()) await summary.click();
  const widths = await page.evaluate<number[]>('[innerWidth, document.documentElement.scrollWidth]');
  assert.deepEqual(widths, [390, 390]);
});

unless(lack).test('the keyboard skips to the content, reaches the graph and opens the details', async () => {
  const { page } = await open(1280);
  const focused = () =>
    page.evaluate<string>('document.activeElement.className || document.activeElement.tagName');
  const seen: string[] = [];
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press('Tab');
    seen.push(await focused());
  }
  assert.deepEqual(seen, ['skip', 'A', 'A', 'graph', 'SUMMARY']);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('details[open]').count(), 1);
});

unless(lack).test('the table is a table for screen readers, on a phone too', async () => {
  for (const width of [390, 1280]) {
    const { page } = await open(width);
    const table = page.getByRole('table', { name: 'What changes, in rollout order' }).first();
    assert.equal(
      await table.getByRole('row').count(),
      documents.everything.environments[0]!.services.length + 1,
    );
    assert.equal(await table.getByRole('rowheader', { name: 'redis' }).count(), 1);
  }
});
