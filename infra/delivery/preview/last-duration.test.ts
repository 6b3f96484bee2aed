import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { folderStore } from '../../store/folder-store.ts';
import { ending, openedRecord, record } from '../history/testing.ts';
import { temporaryFolder } from '../testing.ts';
import { lastDuration } from './last-duration.ts';

test('the duration is that of the last whole update that changed something', async (t) => {
  const folder = temporaryFolder(t);
  const store = folderStore(folder);
  assert.equal(await lastDuration(store, 'dev'), undefined);
  const records = [
    record({ ending: { ...ending, seconds: 7.4 } }),
    record({ ending: { ...ending, seconds: 1, changes: [] } }),
    record({ ending: { ...ending, seconds: 2, result: 'failed' } }),
    record({ ending: { ...ending, seconds: 3 }, partial: true }),
    record({ ending: { ...ending, seconds: 4 }, command: 'down' }),
    openedRecord(),
  ];
  for (const [index, one] of records.entries()) {
    await store.records.create(`history/dev/${index + 1}`, { ...one, number: index + 1 });
  }
  assert.equal(await lastDuration(store, 'dev'), 7);
  await store.records.create('history/dev/7', { version: 2 });
  assert.equal(await lastDuration(store, 'dev'), 7);
  writeFileSync(join(folder, 'records/history/prod'), '');
  assert.equal(await lastDuration(store, 'prod'), undefined);
});
