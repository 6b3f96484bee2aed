import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { changeFiles, changesTo, reversed, undoUnfinished } from './changed-files.ts';
import { temporaryFolder } from './testing.ts';

const wanted = {
  'releases/qa.yaml': 'new',
  'releases/qa.stack/a/b.yaml': 'copy',
  'old/gone.yaml': undefined,
};

function project(t: TestContext) {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'releases'));
  mkdirSync(join(root, 'old'));
  writeFileSync(join(root, 'releases/qa.yaml'), 'former');
  writeFileSync(join(root, 'old/gone.yaml'), 'gone');
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  return { root, read, changes: changesTo(root, wanted) };
}

/** Leaves what a killed process has left. */
function interrupt(root: string, changes: unknown) {
  const folder = join(root, '.railhead/runs/qa');
  mkdirSync(folder, { recursive: true });
  const writer = { pid: process.pid, startTime: 'never' };
  writeFileSync(join(folder, 'changes.json'), JSON.stringify({ writer, changes }));
}

test('files are written and removed, with folders that become empty', (t) => {
  const { root, read, changes } = project(t);
  changeFiles(root, 'qa', changes);
  assert.deepEqual(Object.keys(wanted).map(read), ['new', 'copy', undefined]);
  assert.ok(!existsSync(join(root, 'old')));
  assert.deepEqual([changesTo(root, wanted), undoUnfinished(root)], [[], []]);
});

test('what a killed process has written is taken back, torn files included', (t) => {
  const { root, read, changes } = project(t);
  writeFileSync(join(root, 'releases/qa.yaml'), 'ne');
  interrupt(root, changes);
  assert.deepEqual(undoUnfinished(root), [
    'A command was interrupted while it wrote files; they are as before: releases/qa.yaml',
  ]);
  assert.deepEqual(Object.keys(wanted).map(read), ['former', undefined, 'gone']);
  assert.deepEqual(undoUnfinished(root), []);
});

test('a file that the user has edited since stays as it is', (t) => {
  const { root, read, changes } = project(t);
  writeFileSync(join(root, 'releases/qa.yaml'), 'mine');
  interrupt(root, changes);
  assert.deepEqual(undoUnfinished(root), []);
  assert.equal(read('releases/qa.yaml'), 'mine');
});

test('a file that was edited since the plan is not overwritten, and no other one is changed', (t) => {
  const { root, read, changes } = project(t);
  writeFileSync(join(root, 'releases/qa.yaml'), 'mine');
  assert.throws(() => changeFiles(root, 'qa', changes), {
    name: 'UserError',
    message:
      'Edited while this command ran, so nothing was changed: releases/qa.yaml. Run the command again.',
  });
  assert.deepEqual(Object.keys(wanted).map(read), ['mine', undefined, 'gone']);
  assert.ok(!existsSync(join(root, '.railhead')));
});

test('reversed changes take changes back', (t) => {
  const { root, read, changes } = project(t);
  changeFiles(root, 'qa', changes);
  changeFiles(root, 'qa', reversed(changes));
  assert.deepEqual(Object.keys(wanted).map(read), ['former', undefined, 'gone']);
});

test('a failed write takes back the others', (t) => {
  const { root, read, changes } = project(t);
  writeFileSync(join(root, 'releases/qa.stack'), 'a file where a folder has to be');
  assert.throws(() => changeFiles(root, 'qa', changes));
  assert.deepEqual([read('releases/qa.yaml'), read('old/gone.yaml')], ['former', 'gone']);
  assert.ok(!existsSync(join(root, '.railhead/runs/qa/changes.json')));
});
