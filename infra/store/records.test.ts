import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

let root: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'railhead-store-'));
  store = folderStore(join(root, 'store'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('records', () => {
  test('of 20 writers one creates, and a reader finds its value', async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      store.records.create('history/dev/1', { index }),
    );
    const created = await Promise.all(writers);
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await store.records.read('history/dev/1')).toEqual({ index: created.indexOf(true) });
    expect(await readdir(join(root, 'store/records/history/dev'))).toEqual(['1.json']);
  });

  test('are replaced, listed and absent', async () => {
    await store.records.create('history/dev/2', 'two');
    await store.records.create('history/dev/10', 'ten');
    await store.records.replace('history/dev/2', 'closed');
    expect(await store.records.list('history/dev')).toEqual(['10', '2']);
    expect(await store.records.read('history/dev/2')).toBe('closed');
    expect(await store.records.read('history/dev/3')).toBeUndefined();
    expect(await store.records.list('history/prod')).toEqual([]);
    await store.records.create('history/prod/1', 'one');
    expect(await store.records.folders('history')).toEqual(['dev', 'prod']);
    expect(await store.records.folders('locks')).toEqual([]);
  });

  test('cannot lie outside of the store, and say where they are damaged', async () => {
    await expect(store.records.create('history/../../x', 1)).rejects.toThrow(/no path of a record/);
    await store.records.create('lock/dev', 1);
    await writeFile(join(root, 'store/records/lock/dev.json'), '{');
    await expect(store.records.read('lock/dev')).rejects.toThrow(/records\/lock\/dev\.json is damaged/);
  });

  test.each(['022', '077'])('have the access of the store with umask %s', async (umask) => {
    const before = process.umask(umask);
    try {
      const modes = async (...paths: string[]) =>
        Promise.all(paths.map(async (path) => (await stat(join(root, path))).mode & 0o7777));
      await store.records.create('history/dev/1', 'of a new store');
      expect(await modes('store', 'store/records/history/dev', 'store/records/history/dev/1.json')).toEqual([
        ...[0o700, 0o700, 0o600],
      ]);
      const shared = join(root, 'shared');
      await mkdir(shared);
      await chmod(shared, 0o2770);
      await folderStore(shared).records.create('history/dev/1', 'of a group');
      await folderStore(shared).records.replace('history/dev/1', 'closed');
      expect(await modes('shared/records/history/dev', 'shared/records/history/dev/1.json')).toEqual([
        ...[0o2770, 0o660],
      ]);
      await chmod(join(shared, 'records/history/dev'), 0o777);
      await folderStore(shared).records.create('history/dev/2', 'not for others');
      expect(await modes('shared/records/history/dev/2.json')).toEqual([0o660]);
    } finally {
      process.umask(before);
    }
  });

  test('that cannot be read are an error of the user', async () => {
    await store.records.create('lock/dev', 1);
    const problem = {
      name: 'UserError',
      message: expect.stringMatching(/lock\/dev\.json.* cannot be read: ENOTDIR: /) as string,
    };
    await expect(store.records.read('lock/dev.json/1')).rejects.toMatchObject(problem);
    await expect(store.records.list('lock/dev.json')).rejects.toMatchObject(problem);
  });
});
