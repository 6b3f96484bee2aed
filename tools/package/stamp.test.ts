import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { scratch } from '../../infra/stack/scratch.ts';

interface Stamp {
  describe: (path: string) => [string, string];
  isCurrent: (root: string) => boolean;
  writeStamp: (root: string, inputs: string[], outputs: object, start: number) => void;
}
const stamp = new URL('stamp.mjs', import.meta.url).href;
const { describe, isCurrent, writeStamp } = (await import(stamp)) as Stamp;

test('dist/ is not current after another build, of older inputs, has replaced a file of it', (t) => {
  const root = scratch(t, { 'main.ts': 'new', 'dist/main.js': 'new' });
  const file = join(root, 'dist/main.js');
  const outputs = { 'dist/main.js': describe(file) };
  writeFileSync(file, 'old');
  writeStamp(root, ['main.ts'], outputs, Infinity);
  assert.equal(isCurrent(root), false);
  writeFileSync(file, 'new');
  assert.equal(isCurrent(root), true);
});

test('dist/ is current where its record cannot be written, also with other times of its files', (t) => {
  const root = scratch(t, { 'main.ts': 'new', 'dist/main.js': 'new' });
  writeStamp(root, ['main.ts'], { 'dist/main.js': describe(join(root, 'dist/main.js')) }, Infinity);
  writeFileSync(join(root, 'main.ts'), 'new');
  // Stands in the way of the new record, for root as well.
  mkdirSync(join(root, 'dist', `.inputs.json.${process.pid}`));
  assert.equal(isCurrent(root), true);
});

test('dist/ is not current after an input has changed, also during the build', (t) => {
  const root = scratch(t, { 'main.ts': 'new', 'dist/main.js': 'new' });
  const outputs = { 'dist/main.js': describe(join(root, 'dist/main.js')) };
  writeStamp(root, ['main.ts'], outputs, Infinity);
  assert.equal(isCurrent(root), true);
  writeFileSync(join(root, 'main.ts'), 'newer');
  assert.equal(isCurrent(root), false);
  writeStamp(root, ['main.ts'], outputs, 0);
  assert.equal(isCurrent(root), false);
});
