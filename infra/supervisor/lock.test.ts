import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { isAlive, ownIdentity, startTimeOf } from '../common/process-identity.ts';
import { lockHolders, takeLock } from './lock.ts';

test('at most one of several processes takes the lock, and a dead holder does not keep it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-lock-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))});
    console.log((await takeLock(${JSON.stringify(folder)})) ? 'taken' : 'refused');
    setInterval(() => {}, 1000);`;
  const racers = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  t.onTestFinished(() => racers.forEach((racer) => racer.kill('SIGKILL')));
  const words = await Promise.all(
    racers.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
  );
  assert.ok(words.filter((word) => word === 'taken').length <= 1, words.join());
  assert.equal(lockHolders(folder).length, words.filter((word) => word === 'taken').length);

  const ended = racers.map((racer) => once(racer, 'exit'));
  for (const racer of racers) racer.kill('SIGKILL');
  await Promise.all(ended);
  const release = await takeLock(folder);
  assert.ok(release);
  assert.deepEqual(lockHolders(folder), [ownIdentity()]);
  release();
  assert.deepEqual(readdirSync(folder), []);
});

test('a process with the pid of a dead holder is not the holder', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-lock-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, `supervisor-${process.pid}-1.lock`), '');
  assert.deepEqual(lockHolders(folder), []);
});

test('a process is identified by its pid and start time', () => {
  assert.ok(isAlive(ownIdentity()));
  assert.equal(isAlive({ ...ownIdentity(), startTime: '1' }), false);
  assert.equal(startTimeOf(2 ** 22 + 1), undefined);
});
