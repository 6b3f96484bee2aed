import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { filesOf } from './testing.ts';
import { writeChanges } from './write.ts';

test('if one file cannot be written, those before it are taken back', (t) => {
  const folder = scratch(t, { '.gitignore': 'one\n', 'late.txt': 'made meanwhile' });
  const changes = [
    { path: 'infra/deep/index.ts', before: undefined, after: 'program' },
    { path: '.gitignore', before: 'one\n', after: 'one\ntwo\n' },
    { path: 'late.txt', before: undefined, after: 'ours' },
  ];
  const before = filesOf(folder);
  assert.throws(() => writeChanges(folder, changes), { code: 'EEXIST' });
  assert.deepEqual(filesOf(folder), before);
  writeChanges(folder, changes.slice(0, 2));
  assert.deepEqual(filesOf(folder), {
    ...before,
    '.gitignore': 'one\ntwo\n',
    'infra/deep/index.ts': 'program',
  });
});
