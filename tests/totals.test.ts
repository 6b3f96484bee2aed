import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

const files = {
  'a.test.ts': `import { describe, test } from 'vitest';
    describe('outer', () => {
      test('good', () => {});
      test('bad', () => { throw new Error('first line\\nsecond line'); });
      test('away', ({ skip }) => skip('no daemon'));
    });`,
  'b.test.ts': `import { beforeAll, describe, test } from 'vitest';
    describe('suite', () => {
      beforeAll(() => { throw new Error('no server'); });
      test('never run', () => {});
    });`,
  'c.test.ts': `throw new Error('cannot load');`,
};

test('the report ends with one line per skipped test and per failure, and with the totals', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-totals-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vitest = join(packageRoot, 'node_modules/vitest/vitest.mjs');
  const reporter = join(import.meta.dirname, 'totals.ts');
  const { code, stdout } = await capture(process.execPath, [vitest, 'run', '--reporter', reporter], {
    cwd: folder,
  });
  assert.equal(code, 1);
  assert.deepEqual(stdout.trimEnd().split('\n').slice(-6).toSorted(), [
    '1 passed, 3 failed, 2 skipped',
    'failed: a.test.ts > outer > bad: first line',
    'failed: b.test.ts > suite: no server',
    'failed: c.test.ts: cannot load',
    'skipped: a.test.ts > outer > away: no daemon',
    'skipped: b.test.ts > suite > never run: without a reason',
  ]);
  assert.match(stdout, /\n1 passed, 3 failed, 2 skipped\n$/);
});
