import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { UserError } from '../../../tools/user-error.ts';
import { scratch } from '../../stack/scratch.ts';
import { writeFiles } from './write.ts';

const files = (names: Record<string, string>) => new Map(Object.entries(names));

test('the folder contains the files of the last render, and files that render did not write', (t) => {
  const folder = join(scratch(t, {}), 'out');
  writeFiles(folder, files({ 'a.yaml': '1', 'b.yaml': '1' }), false);
  writeFileSync(join(folder, 'notes.md'), 'mine');
  writeFiles(folder, files({ 'b.yaml': '2', 'c.yaml': '2' }), false);
  assert.deepEqual(readdirSync(folder).toSorted(), ['.rendered', 'b.yaml', 'c.yaml', 'notes.md']);
  assert.equal(readFileSync(join(folder, 'b.yaml'), 'utf8'), '2');
});

test('nothing is written if a file that render did not write has the same name', (t) => {
  const folder = scratch(t, { 'b.yaml': 'mine' });
  assert.throws(
    () => writeFiles(folder, files({ 'a.yaml': '1', 'b.yaml': '1' }), false),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /not from "railhead render": b\.yaml/);
      return true;
    },
  );
  assert.deepEqual(readdirSync(folder), ['b.yaml']);
  assert.equal(readFileSync(join(folder, 'b.yaml'), 'utf8'), 'mine');
});

test('the error for a folder that cannot be written has no stack trace', (t) => {
  const file = join(scratch(t, { 'a.yaml': 'mine' }), 'a.yaml');
  for (const folder of [file, join(file, 'out')]) {
    assert.throws(
      () => writeFiles(folder, files({ 'b.yaml': '1' }), false),
      (error) => error instanceof UserError && error.message.startsWith(`${folder} cannot be written: E`),
    );
  }
});

test('a file that does not change is not replaced', (t) => {
  const folder = scratch(t, {});
  const write = (b: string) => {
    writeFiles(folder, files({ 'a.yaml': '1', 'b.yaml': b }), false);
    return ['a.yaml', 'b.yaml'].map((name) => statSync(join(folder, name)).ino);
  };
  const [first, second] = [write('1'), write('2')];
  assert.equal(first[0], second[0]);
  assert.notEqual(first[1], second[1]);
});

test('only the owner can read files with secrets, also if others could read them before', (t) => {
  const folder = scratch(t, {});
  for (const secret of [false, true]) writeFiles(folder, files({ 'a.yaml': '1' }), secret);
  assert.equal(statSync(join(folder, 'a.yaml')).mode & 0o777, 0o600);
});
