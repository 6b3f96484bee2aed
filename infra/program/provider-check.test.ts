import assert from 'node:assert/strict';
import { test } from 'vitest';
import { RunError } from '@pulumi/pulumi/errors.js';
import { setMocks } from '@pulumi/pulumi/runtime/mocks.js';
import { passCheck } from './provider-check.ts';

const check = {
  function: 'cloudflare:index/getZone:getZone',
  args: { zoneId: 'z' },
  failed: 'the zone cannot be read',
  problem: ({ name }: Record<string, unknown>) => (name === 'ours' ? undefined : 'the zone is not ours'),
};

test('a check that fails is its message alone, although Pulumi prints the stack of an error in `dependsOn`', async () => {
  const results: Record<string, () => Record<string, unknown>> = {
    'the zone is not ours': () => ({ name: 'theirs' }),
    'the zone cannot be read': () => {
      // Pulumi prints `details`, a field of gRPC errors.
      throw Object.assign(new Error('no token'), { details: 'no token' });
    },
  };
  for (const [message, call] of Object.entries(results)) {
    await setMocks({ call, newResource: () => assert.fail('nothing is created') });
    await assert.rejects(passCheck(check), (error: Error) => {
      assert.ok(RunError.isInstance(error));
      assert.deepEqual([error.message, error.stack], [message, message]);
      return true;
    });
  }
});

test('a check that passes throws nothing', async () => {
  await setMocks({ call: () => ({ name: 'ours' }), newResource: () => assert.fail('nothing is created') });
  await passCheck(check);
});
