import assert from 'node:assert/strict';
import { test } from 'vitest';
import { folderStore } from '../../store/folder-store.ts';
import { ending, record } from '../history/testing.ts';
import { temporaryFolder } from '../testing.ts';
import { currentAge } from './age.ts';

test.for(['refused', 'failed'] as const)(
  'an update that ended as %s does not hide the age of what the environment runs',
  async (result, t) => {
    const store = folderStore(temporaryFolder(t));
    const commit = { hash: 'f'.repeat(40), subject: 'Open the shop' };
    await store.records.create('history/dev/1', record({ number: 1, commit }));
    const last = record({ number: 2, ending: { ...ending, ended: '2027-01-01T00:00:00Z', result } });
    await store.records.create('history/dev/2', last);
    const age = await currentAge(undefined, store, 'dev');
    assert.deepEqual([age?.time, age?.commitOf('api')], [ending.ended, commit.hash]);
    await store.records.create('history/dev/3', record({ number: 3, command: 'down' }));
    assert.equal(await currentAge(undefined, store, 'dev'), undefined);
  },
);
