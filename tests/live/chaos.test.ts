import assert from 'node:assert/strict';
import { test } from 'vitest';
import { runSuite, scenarios } from '../chaos/suite.ts';
import { formatTable } from '../chaos/table.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = process.platform === 'linux' ? undefined : 'needs /proc and all of 127.0.0.0/8';

/** Those of whole updates are in `npm run test:delivery`. */
const ofServices = scenarios.filter(({ name }) => name !== 'delivery-kills');

/** Runs the short form of `npm run test:chaos`. */
unless(lack).describe('the system recovers from faults and loses nothing', async () => {
  const rows = await runSuite(ofServices, { short: true, seed: 1 });
  console.log(formatTable(rows));
  test('every scenario ran', () => assert.ok(rows.length >= ofServices.length));
  for (const { fault, ok, note } of rows) test(fault, () => assert.ok(ok, note));
});
