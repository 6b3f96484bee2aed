import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { withTemporaryFolder } from './temporary-folder.ts';

test('a temporary folder is removed after an error', async () => {
  let folder = '';
  const failing = withTemporaryFolder('railhead-test-', (path) => {
    folder = path;
    assert.ok(existsSync(path));
    return Promise.reject(new Error('broken'));
  });
  await assert.rejects(failing, /broken/);
  assert.ok(!existsSync(folder));
});

test('nested temporary folders are removed after a signal, which ends the process', async (t) => {
  const module = JSON.stringify(join(import.meta.dirname, 'temporary-folder.ts'));
  const script = `
    const { withTemporaryFolder } = await import(${module});
    setInterval(() => {}, 1000);
    await withTemporaryFolder('railhead-outer-', (outer) =>
      withTemporaryFolder('railhead-inner-', (inner) => {
        console.log([outer, inner].join(' '));
        return new Promise(() => {});
      }),
    );
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const folders = chunk.toString().trim().split(' ');
  assert.deepEqual(
    folders.map((folder) => existsSync(folder)),
    [true, true],
  );
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGINT']);
  assert.deepEqual(
    folders.map((folder) => existsSync(folder)),
    [false, false],
  );
});
