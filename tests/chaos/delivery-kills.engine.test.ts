import assert from 'node:assert/strict';
import { test } from 'vitest';
import { unless } from '../../tools/testing/unless.ts';
import { runSuite, scenarios } from './suite.ts';
import { formatTable } from './table.ts';

const lack = process.platform === 'linux' ? undefined : 'needs /proc and all of 127.0.0.0/8';
const scenario = scenarios.filter(({ name }) => name === 'delivery-kills');

/** Runs the short form of `npm run test:chaos -- delivery-kills`. */
unless(lack).describe('up, promote and rollback are killed at random moments', async () => {
  const rows = await runSuite(scenario, { short: true, seed: 1 });
  console.log(formatTable(rows));
  test('each command was killed', () => assert.equal(rows.length, 3));
  for (const { fault, ok, note } of rows) test(fault, () => assert.ok(ok, note));
});
