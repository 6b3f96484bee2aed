import assert from 'node:assert/strict';
import { test } from 'vitest';
import { serviceChanges } from './service-changes.ts';
import { step } from './testing.ts';

test('each service is new, changed, removed or unchanged', () => {
  const type = 'railhead:process:Service';
  const events = [
    ...['same', 'refresh'].flatMap((op) => step(op, { service: 'db', type })),
    ...step('same', { service: 'db' }),
    ...step('same', { service: 'web' }),
    ...step('create', { service: 'api' }),
    ...step('create', { service: 'api', type }),
    ...step('update', { service: 'web', type, failed: true }),
    ...step('delete', { service: 'old', type }),
    ...step('delete', { service: 'old' }),
    ...step('update', { type: 'railhead:generated:Release', name: 'release' }),
  ];
  assert.deepEqual(serviceChanges(events), {
    changes: [
      { service: 'api', change: 'new' },
      { service: 'old', change: 'removed' },
      { service: 'web', change: 'changed' },
    ],
    unchanged: ['db'],
    failed: ['web'],
  });
});
