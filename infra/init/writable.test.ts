import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { runsAsRoot } from '../../tools/tool-cache.ts';
import { packageRoot } from '../common/roots.ts';
import { scratch } from '../stack/scratch.ts';

test('all files and folders without write permission are named', async (t) => {
  // Root may write everywhere, so the check runs as another user, from a folder that every user can read.
  const folder = scratch(t, { 'package.json': '{}', 'code/package.json': '{"type":"module"}' });
  for (const file of ['infra/init/writable.ts', 'tools/error-code.ts', 'tools/user-error.ts']) {
    mkdirSync(dirname(join(folder, 'code', file)), { recursive: true });
    cpSync(join(packageRoot, file), join(folder, 'code', file));
  }
  writeFileSync(
    join(folder, 'code/check.ts'),
    `import { requireWritable } from './infra/init/writable.ts';
     const change = (path: string, before?: string) => ({ path, before, after: '' });
     try {
       requireWritable(${JSON.stringify(folder)}, [change('package.json', ''), change('infra/index.ts')]);
     } catch (error) { console.log((error as Error).message); }`,
  );
  chmodSync(join(folder, 'package.json'), 0o444);
  chmodSync(folder, 0o555);
  t.onTestFinished(() => chmodSync(folder, 0o755));
  const user = runsAsRoot() ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn(process.execPath, ['code/check.ts'], { cwd: folder, ...user });
  const output = Buffer.concat((await child.stdout.toArray()) as Buffer[]).toString();
  assert.equal(
    output,
    `These files cannot be written, so nothing was:\n  package.json: no write permission\n  ${folder}: no write permission\n`,
  );
});
