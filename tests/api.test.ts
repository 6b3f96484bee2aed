import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

test('infra/api holds the types of the public entries; a change of them is updated on purpose', async () => {
  const { code, problem } = await capture(process.execPath, [
    join(packageRoot, 'tools/package/api.mjs'),
    '--check',
  ]);
  assert.equal(code, 0, problem);
});
