import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { folderStore } from '../../store/folder-store.ts';
import type { HistoryRecord } from '../history/record.ts';
import { ending, record } from '../history/testing.ts';
import { temporaryFolder } from '../testing.ts';
import { chooseUpdate } from './choose.ts';

/** Returns a record of an update that has deployed a release. */
function deployed(number: number, hash: string, changes: Partial<HistoryRecord> = {}): HistoryRecord {
  const declared = { stackFile: 'shop.yaml', files: { 'shop.yaml': 'name: shop' }, config: {}, secrets: [] };
  return record({ number, release: { api: { hash } }, declared, ...changes });
}

const failed = { ending: { ...ending, result: 'failed' as const } };

async function choose(t: TestContext, records: readonly HistoryRecord[], to?: number) {
  const store = folderStore(temporaryFolder(t));
  for (const one of records) await store.records.create(`history/dev/${one.number}`, one);
  const { target, replaced } = await chooseUpdate(store, 'dev', to);
  return { target: target.number, replaced: replaced.map(({ number }) => number) };
}

test('the last whole update before what runs comes back', async (t) => {
  const partial = deployed(2, 'b', { partial: true });
  assert.deepEqual(await choose(t, [deployed(1, 'a'), partial, deployed(3, 'c')]), {
    target: 1,
    replaced: [3],
  });
});

test('after a failed update, the last one that succeeded comes back', async (t) => {
  assert.deepEqual(await choose(t, [deployed(1, 'a'), deployed(2, 'b'), deployed(3, 'c', failed)]), {
    target: 2,
    replaced: [3, 2],
  });
});

test('an update that deployed the same release again is not an earlier one', async (t) => {
  const copied = {
    stackFile: 'releases/dev.stack/shop.yaml',
    files: { 'releases/dev.stack/shop.yaml': 'name: shop' },
    config: {},
    secrets: [],
  };
  const records = [deployed(1, 'a'), deployed(2, 'b'), deployed(3, 'b', { declared: copied })];
  assert.equal((await choose(t, records)).target, 1);
});

test('a second rollback goes further back, and not to what the first one replaced', async (t) => {
  const records = [deployed(1, 'a'), deployed(2, 'b'), deployed(3, 'c')];
  const back = deployed(4, 'b', { rollback: { to: 2 } });
  assert.equal((await choose(t, [...records, back])).target, 1);
});

test('an update that failed, was limited, is a down or does not exist is refused', async (t) => {
  const down = record({ number: 4, command: 'down' });
  const records = [
    deployed(1, 'a', failed),
    deployed(2, 'b', { partial: true }),
    record({ number: 3 }),
    down,
    deployed(5, 'c'),
  ];
  const reasons = { 1: /it failed/, 2: /limited/, 3: /has no artifacts/, 4: /`down`/, 9: /has no update #9/ };
  for (const [number, reason] of Object.entries(reasons))
    await assert.rejects(choose(t, records, Number(number)), reason);
  await assert.rejects(choose(t, records), /no earlier update that succeeded/);
});
