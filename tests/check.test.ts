import assert from 'node:assert/strict';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';
import { capture } from '../tools/command.ts';

test('format, lint and types', async () => {
  const { code, stdout, problem } = await capture('npm', ['run', '--silent', 'check'], {
    cwd: packageRoot,
  });
  assert.equal(code, 0, stdout + problem);
});
