import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentOf } from './archive.ts';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

const old = new Date('2026-03-04T05:06:07Z');
const since = new Date('2026-03-05T05:06:07Z');

let root: string;
let store: Store;
let source: string;
let digest: string;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'railhead-store-'));
  store = folderStore(root);
  source = join(root, 'source');
  await mkdir(source);
  await writeFile(join(source, 'main.js'), 'run()');
  digest = await contentOf(source);
  file = join(root, 'objects/sha256', `${digest.slice('sha256:'.length)}.tar`);
  await store.objects.put(digest, source);
  await utimes(file, old, old);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('contents are listed with their sizes and times; other files are counted', async () => {
  const { size } = await stat(file);
  await writeFile(join(root, 'objects/sha256/notes.txt'), '');
  await mkdir(join(root, 'objects/sha256', `${'0'.repeat(64)}.tar`));
  expect(await store.objects.list()).toEqual({ contents: [{ digest, size, put: old }], others: 2 });
  expect(await folderStore(join(root, 'none')).objects.list()).toEqual({ contents: [], others: 0 });
});

test('a content is deleted once, unless it was put again', async () => {
  await store.objects.put(digest, source);
  expect(await store.objects.delete(digest, since)).toBe(false);
  await utimes(file, old, old);
  expect(await store.objects.delete(digest, since)).toBe(true);
  expect(await store.objects.has(digest)).toBe(false);
  expect(await store.objects.delete(digest, since)).toBe(false);
  expect(await readdir(join(root, 'objects/sha256'))).toEqual([]);
});

test('a content that is put while others delete it is in the store afterwards', async () => {
  for (let round = 0; round < 300; round++) {
    await utimes(file, old, old);
    const remove = () => store.objects.delete(digest, since);
    await Promise.all([remove(), store.objects.put(digest, source), remove()]);
    expect(await store.objects.has(digest), `round ${round}`).toBe(true);
  }
  expect(await readdir(join(root, 'objects/sha256'))).toHaveLength(1);
});

test('what a killed process was about to delete is given back, and does not replace what was put since', async () => {
  const hidden = join(file, '..', `.deleted-${crypto.randomUUID()}-${digest.slice('sha256:'.length)}.tar`);
  await rename(file, hidden);
  expect((await store.objects.list()).contents).toMatchObject([{ digest, put: old }]);
  await rename(file, hidden);
  await store.objects.put(digest, source);
  const { contents, others } = await store.objects.list();
  expect(contents[0]?.put.getTime()).toBeGreaterThan(since.getTime());
  expect(others).toBe(0);
  await store.objects.fetch(digest, await mkdtemp(join(root, 'back-')));
});
