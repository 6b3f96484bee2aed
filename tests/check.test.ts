import assert from 'node:assert/strict';
import { test } from 'vitest';
import { repositoryRoot } from '../infra/common/environment.ts';
import { capture } from '../tools/command.ts';

test('format, lint and types', async () => {
  const { code, stdout, problem } = await capture('npm', ['run', '--silent', 'check'], {
    cwd: repositoryRoot,
  });
  assert.equal(code, 0, stdout + problem);
});
