import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { folderStore } from './folder-store.ts';

const writer = join(import.meta.dirname, 'testing/writer.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'railhead-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('20 writers in 4 processes create each record once', async () => {
  const run = () => promisify(execFile)(process.execPath, [writer, folder, 'numbers', '5', '5']);
  const outputs = await Promise.all([run(), run(), run(), run()]);
  const taken = outputs.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
  expect(taken.toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
});

test('what a killed process leaves is whole, wherever it was killed', async () => {
  const { records } = folderStore(folder);
  for (const kill of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const child = spawn(process.execPath, [writer, folder, 'endless'], { stdio: 'ignore' });
    // The writer is in another step each time.
    await eventually(async () => (await records.list(`history/${child.pid}`)).length >= kill);
    child.kill('SIGKILL');
    await once(child, 'close');
    for (const name of await records.list(`history/${child.pid}`)) {
      expect(await records.read(`history/${child.pid}/${name}`)).toHaveProperty('text');
    }
  }
  const archives = join(folder, 'objects/sha256');
  const visible = (await readdir(archives)).filter((name) => !name.startsWith('.'));
  expect(visible.length).toBeGreaterThan(0);
  for (const name of visible) {
    const hash = createHash('sha256').update(await readFile(join(archives, name)));
    expect(`${hash.digest('hex')}.tar`).toBe(name);
  }
});
