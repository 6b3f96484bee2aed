import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSuite, scenarios } from '../chaos/suite.ts';
import { formatTable } from '../chaos/table.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'needs /proc and all of 127.0.0.0/8' };

/** Runs the short form of `npm run test:chaos`. */
test('the system recovers from faults and loses nothing', onLinux, async (t) => {
  const rows = await runSuite(scenarios, { short: true, seed: 1 });
  console.log(formatTable(rows));
  assert.ok(rows.length >= scenarios.length);
  for (const { fault, ok, note } of rows) await t.test(fault, () => assert.ok(ok, note));
});
