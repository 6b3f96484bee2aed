import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../common/roots.ts';

test('the private key that signs artifacts reaches no process that a command starts', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-key-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const [git, seen] = [join(folder, 'git'), join(folder, 'seen')];
  writeFileSync(git, `#!/bin/sh\nenv > ${seen}\nexit 1\n`);
  chmodSync(git, 0o755);
  const env = {
    PATH: `${folder}${delimiter}${process.env['PATH']}`,
    RAILHEAD_SIGNING_KEY: 'canary',
    OTHER: 'kept',
  };
  const args = [join(packageRoot, 'dist/railhead.js'), 'affected', '--base', 'HEAD'];
  spawnSync(process.execPath, args, { cwd: packageRoot, env });
  const found = readFileSync(seen, 'utf8');
  assert.match(found, /^OTHER=kept$/m);
  assert.doesNotMatch(found, /canary/);
});
