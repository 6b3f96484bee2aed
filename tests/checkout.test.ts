import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';

test('a checkout with core.autocrlf has the same bytes, so that artifacts have the same hashes', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-crlf-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  // The clone may belong to another user.
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'safe.directory=*', ...args], { cwd: packageRoot, encoding: 'utf8' });
  git('-c', 'core.autocrlf=true', 'checkout-index', '--all', `--prefix=${folder}/`);
  const files = git('ls-files', '-z').split('\0').filter(Boolean);
  assert.ok(files.length > 0);
  assert.deepEqual(
    files.filter((file) => readFileSync(join(folder, file)).includes('\r\n')),
    [],
  );
});
