import assert from 'node:assert/strict';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { test, vi } from 'vitest';
import { capture } from '../../../tools/command.ts';
import { folderStore } from '../../store/folder-store.ts';
import { startTimeOf } from '../../common/process-identity.ts';
import { temporaryFolder } from '../testing.ts';
import { openRecord } from './open-record.ts';
import { outcomeOf } from './outcome.ts';
import { readHistory, readRecord } from './read-history.ts';
import { ending, openedRecord, record } from './testing.ts';
import { whoRuns } from './who.ts';

const draft = { environment: 'dev', command: 'up' } as const;

test('writers at the same time get different numbers, and each record is whole from the beginning', async (t) => {
  const folder = temporaryFolder(t);
  const store = folderStore(folder);
  const opened = await Promise.all(Array.from({ length: 12 }, () => openRecord(store, folder, draft)));
  assert.deepEqual(
    opened.map(({ number }) => number).toSorted((one, two) => one - two),
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
  assert.deepEqual(
    (await readHistory(store, 'dev', 12)).records.map(outcomeOf),
    Array.from({ length: 12 }, () => 'running'),
  );
  await opened[3]?.add({ ending });
  const closed = await readRecord(store, 'dev', opened[3]?.number ?? 0);
  assert.deepEqual(closed?.ending, ending);
  assert.equal((await openRecord(store, folder, draft)).number, 13);
  assert.equal((await openRecord(store, folder, { ...draft, environment: 'prod' })).number, 1);
});

test('the last records come first, and numbers are not sorted as texts', async (t) => {
  const store = folderStore(temporaryFolder(t));
  for (const number of [9, 10, 11]) await store.records.create(`history/dev/${number}`, record({ number }));
  assert.deepEqual(
    (await readHistory(store, 'dev', 2)).records.map(({ number }) => number),
    [11, 10],
  );
  assert.equal(await readRecord(store, 'dev', 12), undefined);
});

test('a record that cannot be read hides no other', async (t) => {
  const folder = temporaryFolder(t);
  const store = folderStore(folder);
  for (const number of [1, 4]) await store.records.create(`history/dev/${number}`, record({ number }));
  await store.records.create('history/dev/2', { version: 2 });
  const file = (number: number) => join(folder, `records/history/dev/${number}.json`);
  writeFileSync(file(3), '{');
  const next = 'Update Railhead. If the file is damaged, delete it.';
  const problem = `${file(2)} is not a record of this version of Railhead. ${next}`;
  await assert.rejects(readRecord(store, 'dev', 2), { name: 'UserError', message: problem });
  const { records, problems } = await readHistory(store, 'dev', 9);
  assert.deepEqual([records.map(({ number }) => number), problems[1]], [[4, 1], problem]);
  assert.match(problems[0] ?? '', /dev\/3\.json is damaged: /);
});

test('a store that cannot be written is an error', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'store'), '');
  await assert.rejects(
    openRecord(folderStore(join(folder, 'store')), folder, draft),
    /^UserError: .* so nothing was changed/,
  );
});

test('a record that was not closed was interrupted, unless its process runs or nothing is known of it', async () => {
  const open = openedRecord();
  assert.equal(outcomeOf(record()), 'succeeded');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const pid = child.pid ?? 0;
  const writer = { ...open.writer, pid, startTime: startTimeOf(pid) ?? '' };
  assert.equal(outcomeOf({ writer }), 'running');
  assert.equal(outcomeOf({ writer: { ...writer, host: 'elsewhere' } }), 'open');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(outcomeOf({ writer }), 'interrupted');
  // Another process has its number now.
  assert.equal(outcomeOf({ writer: { ...writer, pid: process.pid } }), 'interrupted');
});

test('who runs an update is the actor of a workflow, else the author of commits, else the user', async (t) => {
  const folder = temporaryFolder(t);
  // The config of this machine.
  for (const scope of ['GLOBAL', 'SYSTEM']) vi.stubEnv(`GIT_CONFIG_${scope}`, '/dev/null');
  t.onTestFinished(() => void vi.unstubAllEnvs());
  assert.deepEqual(await whoRuns(folder, { GITHUB_ACTOR: 'octocat' }), { name: 'octocat' });
  assert.deepEqual(await whoRuns(folder, { USER: 'ada' }), { name: `ada@${hostname()}` });
  const git = (...args: string[]) => capture('git', args, { cwd: folder });
  assert.equal((await git('init', '-q')).code, 0);
  await git('config', 'user.name', 'Ada Lovelace');
  await git('config', 'user.email', 'ada@example.org');
  assert.deepEqual(await whoRuns(folder, { USER: 'ada' }), {
    name: 'Ada Lovelace',
    email: 'ada@example.org',
  });
});
