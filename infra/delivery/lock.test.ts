import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { removeDeadLocks } from './lock.ts';
import { temporaryFolder } from './testing.ts';

const now = () => new Date().toISOString();
const longAgo = '2020-01-01T00:00:00Z';

/** Creates a folder with one lock in Pulumi's format. */
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

test('a lock whose pid belongs to a later process is removed', (t) => {
  const folder = lockedFolder(t, { timestamp: longAgo });
  assert.match(removeDeadLocks(folder).join(), /another process has that pid now/);
  assert.deepEqual(readdirSync(folder), []);
});

test('the lock of a live run is kept, and the error says how to end the run', (t) => {
  const folder = lockedFolder(t);
  assert.throws(() => removeDeadLocks(folder), {
    name: 'UserError',
    message: new RegExp(`^Another run of Pulumi .*pid ${process.pid}[^]*kill ${process.pid}$`),
  });
  assert.equal(readdirSync(folder).length, 2);
});

test('if one holder may be alive, no lock is removed', (t) => {
  const unclear = [{ hostname: 'elsewhere', timestamp: longAgo }, { pid: 'x' }, { timestamp: 'yesterday' }];
  for (const changes of unclear) {
    const folder = lockedFolder(t, changes);
    // The holder of this lock is dead, but either all locks are removed or none.
    const dead = { pid: spawnSync('true').pid, username: 'ada', hostname: hostname(), timestamp: now() };
    writeFileSync(join(folder, '0001.json'), JSON.stringify(dead));
    assert.throws(() => removeDeadLocks(folder), { name: 'UserError', message: /remove that file/ });
    assert.equal(readdirSync(folder).length, 3);
  }
});

test('a missing folder has no locks', (t) => {
  assert.deepEqual(removeDeadLocks(join(temporaryFolder(t), 'none')), []);
});
