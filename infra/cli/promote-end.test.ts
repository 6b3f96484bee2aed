import assert from 'node:assert/strict';
import { test } from 'vitest';
import { describePlanned, describeWritten } from './promote-end.ts';

const about = { number: 3, file: 'releases/qa.yaml', changes: [], from: 'dev', to: 'qa', only: undefined };
const next = (paths: string[], only?: string[]) => describeWritten({ ...about, only }, paths).slice(3, 5);

test('after a promotion, the printed commands commit all files that were changed', () => {
  assert.deepEqual(next(['releases/qa.yaml'], ['api', 'web']), [
    '  git add releases/qa.yaml',
    "  git commit -m 'Promote api, web of #3 of dev to qa'",
  ]);
  const restored = ['releases/qa.stack/stacks/shop.yaml', 'Pulumi.qa.yaml', 'releases/qa.yaml'];
  assert.deepEqual(next(restored), [
    '  git add --all Pulumi.qa.yaml releases',
    "  git commit -m 'Promote #3 of dev to qa'",
  ]);
});

test('a promotion shows its warnings before it asks', () => {
  const lines = describePlanned({ ...about, warnings: ['web keeps its address.'] }, 'dev');
  assert.deepEqual(lines.slice(1), ['', 'Warning: web keeps its address.', '']);
});
