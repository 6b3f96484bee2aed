import assert from 'node:assert/strict';
import { test } from 'vitest';
import { testSide } from '../changes/testing.ts';
import { hashOfSnapshot, lockSnapshot, requireLocked } from './locked-snapshot.ts';

const side = (image: string) =>
  testSide({ text: `name: shop\nservices:\n  api: { image: "${image}" }\n` }).snapshot;

test('the program deploys the snapshot that was compared, with any fingerprints, and no other', (t) => {
  const compared = side('acme/api:1');
  requireLocked(compared);
  Object.assign(process.env, lockSnapshot(hashOfSnapshot(compared)));
  t.onTestFinished(() => {
    delete process.env['RAILHEAD_SNAPSHOT'];
  });
  requireLocked({ ...compared, fingerprints: { 'secret.TOKEN': 'a' } });
  assert.throws(() => requireLocked(side('acme/api:2')), {
    name: 'UserError',
    message: /nothing was changed/,
  });
});
