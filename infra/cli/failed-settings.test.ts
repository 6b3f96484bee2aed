import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parseStack } from '../stack/load.ts';
import { settingsOfFailed } from './failed-settings.ts';

const stack = parseStack(
  `name: shop
services:
  db: { type: postgres, settings: { work_mem: lots, jit: false } }
  plain: { type: postgres, port: 5433 }
  files: { type: s3 }
  web: { image: acme/web:1 }
`,
  'stacks/shop.yaml',
);

test('the options of a data server that failed to start are named at their place', () => {
  assert.deepEqual(settingsOfFailed(stack, ['db', 'files', 'plain', 'web', 'removed']), [
    'stacks/shop.yaml:3:25  services.db.settings: the server did not start with these options: work_mem, jit',
  ]);
  assert.deepEqual(settingsOfFailed(stack, []), []);
});
