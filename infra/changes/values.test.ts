import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { ServiceChange } from './model.ts';
import { compareSides } from './testing.ts';
import { before, changeOf, edited } from './testing-shop.ts';

test('a literal that becomes a secret, or was one, is not shown', () => {
  const literal = edited('TOKEN: ${{secret.TOKEN}}', 'TOKEN: canary');
  const shown = (change: ServiceChange) => change.values.find(({ name }) => name === 'TOKEN');
  const reference = '${{secret.TOKEN}}';
  assert.deepEqual(shown(changeOf(before, 'api', literal)), {
    name: 'TOKEN',
    before: '(hidden)',
    after: reference,
    secret: 'added',
  });
  assert.deepEqual(shown(changeOf(literal, 'api')), {
    name: 'TOKEN',
    before: reference,
    after: '(hidden)',
    secret: 'removed',
  });
  assert.ok(!JSON.stringify(compareSides(literal, before, { api: 'update' })).includes('canary'));
});

test('the literals in a value are hidden if the secrets in it change', () => {
  const side = (value: string) => edited('TOKEN: ${{secret.TOKEN}}', `TOKEN: ${value}`);
  const [change] = changeOf(
    side('a:${{secret.PASS}}@${{secret.TOKEN}}'),
    'api',
    side('a:canary@${{secret.TOKEN}}'),
  ).values;
  assert.ok(!JSON.stringify(change).includes('canary'));
  assert.equal(change?.before, '(hidden)${{secret.TOKEN}}');
  assert.equal(change.after, 'a:${{secret.PASS}}@${{secret.TOKEN}}');
});
