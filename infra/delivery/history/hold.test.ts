import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { folderStore } from '../../store/folder-store.ts';
import { temporaryFolder } from '../testing.ts';
import { Busy } from '../turn.ts';
import { closeInterrupted, lastNumber, openAlone, requireUnchanged } from './hold.ts';
import { machineId } from '../../common/machine.ts';
import { ownWriter } from './writer.ts';
import { outcomeOf } from './outcome.ts';
import { readHistory, readRecord } from './read-history.ts';
import type { HistoryRecord } from './record.ts';
import { ending, openedRecord, record } from './testing.ts';

const draft = { environment: 'dev', command: 'up' } as const;
const elsewhere = { host: 'elsewhere', pid: 4711, startTime: 'x' };

/** Makes a store with one record, and opens another one in it. */
async function openStore(t: TestContext, first: Partial<HistoryRecord>) {
  const folder = temporaryFolder(t);
  const store = folderStore(folder);
  await store.records.create('history/dev/7', { ...openedRecord(), ...first });
  return { store, folder, open: (more: object = {}) => openAlone(store, folder, { ...draft, ...more }) };
}

test('of updates that begin at the same time, one goes on, and the others leave nothing open', async (t) => {
  const folder = temporaryFolder(t);
  const store = folderStore(folder);
  const opened = await Promise.allSettled(Array.from({ length: 12 }, () => openAlone(store, folder, draft)));
  const won = opened.filter(({ status }) => status === 'fulfilled');
  assert.equal(won.length, 1);
  for (const one of opened) if (one.status === 'rejected') assert.ok(one.reason instanceof Busy);
  const { records } = await readHistory(store, 'dev', 99);
  const outcomes = records.map(outcomeOf).filter((outcome) => outcome !== 'refused');
  assert.deepEqual(outcomes, ['running']);
});

test.for<[string, Partial<HistoryRecord>, RegExp]>([
  [
    'runs here',
    { writer: ownWriter() },
    new RegExp(
      `^\`up\` #7 of dev by Ada Lovelace runs \\(pid ${process.pid}, since 2026-03-04T05:06:08.000Z\\), so nothing was changed\\.\nWait for its end: npm run up -- -s dev --wait\nOr end it: kill ${process.pid}$`,
    ),
  ],
  [
    'has not ended elsewhere',
    { writer: elsewhere, command: 'down', data: true },
    /^`down --data` #7 of dev by Ada Lovelace has not ended \(pid 4711 on elsewhere, since .*\), so nothing was changed\.\nWait for its end: npm run up -- -s dev --wait\nOnly elsewhere can say whether it still runs\. If it was killed there: npx --no -- railhead unlock 7 -s dev$/,
  ],
  [
    'has not ended on another machine with the same host name',
    { writer: { host: hostname(), machine: 'another', pid: 4711, startTime: 'x' } },
    /has not ended \(pid 4711 on /,
  ],
])('an update is refused while one %s, and leaves no record', async ([, first, message], t) => {
  const { store, open } = await openStore(t, first);
  await assert.rejects(open(), (error: Error) => {
    assert.ok(error instanceof Busy);
    assert.match(error.message, message);
    return true;
  });
  await assert.rejects(lastNumber(store, 'dev', 'up'), Busy);
  assert.deepEqual(await store.records.list('history/dev'), ['7']);
});

test('the record of an update that was killed on this machine is closed by the next one', async (t) => {
  const { store, open } = await openStore(t, {});
  assert.equal((await open()).number, 8);
  const killed = await readRecord(store, 'dev', 7);
  assert.equal(killed?.ending?.result, 'interrupted');
  assert.equal(killed.ending.closedBy?.host, hostname());
});

test('older records do not hold an environment once a later update has ended', async (t) => {
  const { store, open } = await openStore(t, { writer: elsewhere });
  await store.records.create('history/dev/8', record({ number: 8 }));
  assert.equal((await open()).number, 9);
});

test('a refused update hides no holder', async (t) => {
  const { store, open } = await openStore(t, { writer: elsewhere });
  const refused = record({ number: 8, ending: { ...ending, result: 'refused' } });
  await store.records.create('history/dev/8', refused);
  await assert.rejects(open(), /#7 of dev/);
});

test('a record that was closed by someone else hides no holder', async (t) => {
  const { store, folder, open } = await openStore(t, { writer: elsewhere });
  // A later update was refused by the first one, and was killed before it noted that.
  const later = { ...openedRecord(), number: 8, writer: elsewhere };
  await store.records.create('history/dev/8', later);
  await closeInterrupted(store, folder, later);
  await assert.rejects(open(), /#7 of dev/);
});

test('an update is refused if another one has run since it has read the files', async (t) => {
  const { store, open } = await openStore(t, { ending });
  const seen = await lastNumber(store, 'dev', 'up');
  await store.records.create(
    'history/dev/8',
    record({ number: 8, ending: { ...ending, result: 'refused' } }),
  );
  const first = await open({ seen });
  await first.add({ ending });
  await assert.rejects(
    open({ seen }),
    /#9 of dev by .* has run since this command has read the files, so nothing was changed\.\nSee what it did: .* history 9 -s dev$/,
  );
  assert.equal((await readRecord(store, 'dev', 10))?.ending?.result, 'refused');
  assert.equal((await open({ seen: 10 })).number, 11);
});

test('files are not changed while another update runs, or after one has run since they were read', async (t) => {
  const { store, open } = await openStore(t, { ending });
  const check = () => requireUnchanged(store, 'dev', { command: 'rollback', seen: 7 });
  await check();
  await store.records.create(
    'history/dev/8',
    record({ number: 8, ending: { ...ending, result: 'refused' } }),
  );
  await check();
  const other = await open();
  await assert.rejects(check(), (error: Error) => {
    assert.ok(error instanceof Busy);
    assert.match(error.message, /^Wait for its end: npx --no -- railhead rollback dev --wait$/m);
    return true;
  });
  await other.add({ ending });
  await assert.rejects(check(), /#9 of dev by .* has run since this command has read the files/);
});

test('a closed record is free, and its update can write no more', async (t) => {
  const { store, folder, open } = await openStore(t, { ending });
  const taken = await open();
  const opened = await readRecord(store, 'dev', taken.number);
  assert.ok(opened);
  await closeInterrupted(store, folder, opened);
  await assert.rejects(
    taken.add({ ending }),
    /#8 of dev was closed by .* while it ran\. See what runs: .* history -s dev$/,
  );
  assert.equal((await open()).number, 9);
  assert.equal((await readRecord(store, 'dev', 8))?.ending?.result, 'interrupted');
});

test('a machine has one id, which is no confidential text', () => {
  if (process.platform !== 'linux') return;
  assert.match(machineId() ?? '', /^[0-9a-f]{16}$/);
  assert.equal(machineId(), machineId());
});

test('a machine without an id of its own is named too', (t) => {
  if (process.platform !== 'linux') return;
  const empty = join(temporaryFolder(t), 'machine-id');
  writeFileSync(empty, '\n');
  assert.match(machineId(empty) ?? '', /^[0-9a-f]{16}$/);
  assert.equal(machineId(empty), machineId(`${empty}-missing`));
});

test('a record without an id of its machine may be that of another one with the same host name', async (t) => {
  if (process.platform !== 'linux') return;
  const { open } = await openStore(t, { writer: { host: hostname(), pid: 4711, startTime: 'x' } });
  await assert.rejects(open(), /#7 of dev by .* has not ended \(pid 4711 on /);
});
