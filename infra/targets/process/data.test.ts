import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { runsAsRoot } from '../../../tools/tool-cache.ts';
import { dataFolder, processData } from './data.ts';
import { environmentPaths, sharedDataFolder } from '../../supervisor/paths.ts';

test('data are in the clone, and outside if root runs it and other users cannot reach the clone', (t) => {
  const root = temporaryFolder(t, 0o711);
  const place = { root, environment: 'dev', name: 'db' };
  assert.equal(dataFolder(place), join(root, '.railhead/dev/data/db'));
  chmodSync(root, 0o700);
  const expected = runsAsRoot() ? sharedDataFolder(root, 'dev') : environmentPaths(root, 'dev').data;
  assert.equal(dataFolder(place), join(expected, 'db'));
});

test('existing data stay in their folder', (t) => {
  const root = temporaryFolder(t, 0o700);
  const folder = join(root, '.railhead/dev/data/db');
  mkdirSync(folder, { recursive: true });
  assert.equal(dataFolder({ root, environment: 'dev', name: 'db' }), folder);
});

test('only the data of the given environment are removed', async (t) => {
  const root = temporaryFolder(t, 0o711);
  const folders = ['dev', 'staging'].map((environment) => join(root, '.railhead', environment, 'data/db'));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const [dev, staging] = ['dev', 'staging'].map((environment) => processData({ root, environment }));
  assert.match(
    JSON.stringify(await dev?.list()),
    /^\[\{"service":"db","what":".*\/dev\/data\/db, \d+ KiB"\}\]$/,
  );
  await dev?.remove?.();
  await dev?.remove?.();
  assert.deepEqual(await dev?.list(), []);
  assert.equal((await staging?.list())?.length, 1);
});

function temporaryFolder(t: TestContext, mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-data-'));
  chmodSync(folder, mode);
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
