import assert from 'node:assert/strict';
import { test } from 'vitest';
import { redisConfig } from './settings.ts';

test('an empty option has quotes: a line without a value is an error', () => {
  const settings = { save: '', 'lazyfree-lazy-eviction': true };
  const lines = redisConfig({ address: '127.0.0.1', port: 6379, folder: '/data', settings });
  assert.deepEqual(lines.slice(-2), ['save ""', 'lazyfree-lazy-eviction yes']);
});
