import assert from 'node:assert/strict';
import { test } from 'vitest';
import { nearest, suggest } from './nearest.ts';

const known = ['replicas', 'resources', 'DATABASE_URL', 'port'];

const cases: [string, string | undefined][] = [
  ['replica', 'replicas'],
  ['prot', 'port'],
  ['Port', 'port'],
  ['database-url', 'DATABASE_URL'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['cron', undefined],
  // The same letters, but more than a swap.
  ['trop', undefined],
  ['', undefined],
];

for (const [name, expected] of cases) {
  test(`${JSON.stringify(name)} is nearest to ${expected}`, () => {
    assert.equal(nearest(name, known), expected);
  });
}

test('suggests the nearest name, else lists the known names', () => {
  assert.equal(suggest('prot', known), 'did you mean "port"?');
  assert.equal(suggest('cron', ['a', 'b']), 'known: a, b');
  assert.equal(suggest('cron', []), 'there are none');
});
