import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { repositoryRoot } from '../infra/common/environment.ts';

test('a checkout with core.autocrlf has the same bytes, so that artifacts have the same hashes', (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'railhead-crlf-'));
  t.onTestFinished(() => rmSync(clone, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' });
  git('clone', '--quiet', '--depth=1', '--config=core.autocrlf=true', `file://${repositoryRoot}`, '.');
  const changed = git('ls-files', '-z')
    .split('\0')
    .filter((file) => file !== '' && readFileSync(join(clone, file)).includes('\r\n'));
  assert.deepEqual(changed, []);
});
