import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { isUsableVersion, pinnedVersion } from './version.ts';

test('the pinned version and the oldest usable one can run the project', () => {
  for (const version of [pinnedVersion, '3.254.0', 'v3.256.0', '3.1000.0', '3.256.1-alpha.1+g12ab']) {
    assert.equal(isUsableVersion(version), true, version);
  }
});

test('older versions, newer majors and invalid versions cannot', () => {
  for (const version of [
    '3.253.9',
    '3.99.0',
    '2.300.0',
    '4.0.0',
    '30.256.0',
    '',
    '3.256',
    'dev',
    '3.256.0 x',
  ]) {
    assert.equal(isUsableVersion(version), false, version);
  }
});

test('versions of major 3 are compared as numbers', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(200), (minor, patch) => {
      assert.equal(isUsableVersion(`3.${minor}.${patch}`), minor >= 254);
    }),
  );
});
