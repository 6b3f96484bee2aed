import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { withOwnedFolder } from './owned-folder.ts';

/** Starts a process that has a folder until it is killed, and returns its path. */
async function startOwner(t: TestContext, prefix: string) {
  const script = `
    const { withOwnedFolder } = await import(${JSON.stringify(join(import.meta.dirname, 'owned-folder.ts'))});
    await withOwnedFolder(${JSON.stringify(prefix)}, async (folder) => {
      console.log(folder);
      await new Promise(() => setInterval(() => {}, 1000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  t.onTestFinished(() => void child.kill('SIGKILL'));
  return { folder: String(await once(child.stdout, 'data')).trim(), kill };
}

test('the folder of a killed process is removed by the next one, and that of a live process stays', async (t) => {
  const prefix = `railhead-test-${process.pid}-`;
  const [killed, live] = [await startOwner(t, prefix), await startOwner(t, prefix)];
  await killed.kill();
  assert.ok(existsSync(killed.folder));
  const own = await withOwnedFolder(prefix, (folder) => Promise.resolve(folder));
  assert.deepEqual(
    [killed.folder, live.folder, own].map((folder) => existsSync(folder)),
    [false, true, false],
  );
  await live.kill();
  await withOwnedFolder(prefix, () => Promise.resolve());
  assert.ok(!existsSync(live.folder));
});
