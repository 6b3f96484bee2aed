import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Preview } from '../changes/model.ts';
import { everything } from '../views/testing/everything.ts';
import { checkOf } from './check-run.ts';

const [first] = everything.environments;
assert.ok(first);
const calm: Preview = { ...first, risks: [], policy: [] };
const conclusionOf = (preview: Preview, isTrusted = true) =>
  checkOf({ ...everything, environments: [preview] }, '', isTrusted).conclusion;

test('a check succeeds only if nothing is touched, as far as the preview knows', () => {
  assert.equal(conclusionOf(calm), 'success');
  assert.equal(conclusionOf(calm, false), 'neutral');
  assert.equal(conclusionOf({ ...calm, unrecorded: true }), 'neutral');
  assert.equal(conclusionOf({ ...calm, unknown: true }), 'neutral');
  assert.equal(conclusionOf({ ...calm, risks: first.risks }), 'neutral');
  assert.equal(conclusionOf({ ...calm, problems: ['The stack file has no services.'] }), 'failure');
});
