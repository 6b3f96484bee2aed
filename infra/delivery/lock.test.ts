import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { removeDeadLocks } from './lock.ts';
import { temporaryFolder } from './testing.ts';

const now = () => new Date().toISOString();
const longAgo = '2020-01-01T00:00:00Z';

/** A folder with one lock as Pulumi writes it. */
function lockedFolder(t: TestContext, changes: object = {}): string {
  const folder = join(temporaryFolder(t), 'locks');
  const lock = { pid: process.pid, username: 'ada', hostname: hostname(), timestamp: now(), ...changes };
  mkdirSync(folder);
  writeFileSync(join(folder, '7b5a.json'), JSON.stringify(lock));
  writeFileSync(join(folder, '7b5a.json.attrs'), '{}');
  return folder;
}

test('the lock of a process that has ended is removed', (t) => {
  const { pid } = spawnSync('true');
  const folder = lockedFolder(t, { pid });
  const [line, ...others] = removeDeadLocks(folder);
  assert.match(line ?? '', new RegExp(`a run that is dead \\(pid ${pid}, ada@`));
  assert.deepEqual([others, readdirSync(folder)], [[], []]);
});

test('so is one whose pid is that of a later process', (t) => {
  const folder = lockedFolder(t, { timestamp: longAgo });
  assert.match(removeDeadLocks(folder).join(), /that pid is another process now/);
  assert.deepEqual(readdirSync(folder), []);
});

test('the lock of a run that is alive is kept, and what to do is said', (t) => {
  const folder = lockedFolder(t);
  assert.throws(() => removeDeadLocks(folder), {
    name: 'UserError',
    message: new RegExp(`^Another run of Pulumi .*pid ${process.pid}[^]*kill ${process.pid}$`),
  });
  assert.equal(readdirSync(folder).length, 2);
});

test('where nobody can know, nothing is removed', (t) => {
  const unclear = [{ hostname: 'elsewhere', timestamp: longAgo }, { pid: 'x' }, { timestamp: 'yesterday' }];
  for (const changes of unclear) {
    const folder = lockedFolder(t, changes);
    // Dead for sure, and kept all the same: all or nothing.
    const dead = { pid: spawnSync('true').pid, username: 'ada', hostname: hostname(), timestamp: now() };
    writeFileSync(join(folder, '0001.json'), JSON.stringify(dead));
    assert.throws(() => removeDeadLocks(folder), { name: 'UserError', message: /remove that file/ });
    assert.equal(readdirSync(folder).length, 3);
  }
});

test('no folder, no lock', (t) => {
  assert.deepEqual(removeDeadLocks(join(temporaryFolder(t), 'none')), []);
});
