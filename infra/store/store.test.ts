import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentOf } from './archive.ts';
import { folderStore } from './folder-store.ts';
import type { Store } from './store.ts';

let root: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'railhead-store-'));
  store = folderStore(join(root, 'store'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function folder(name: string, files: Record<string, string>): Promise<string> {
  const path = join(root, name);
  await mkdir(path, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(path, file, '..'), { recursive: true });
    await writeFile(join(path, file), text);
  }
  return path;
}

const longName = `${'deep/'.repeat(60)}${'ä'.repeat(60)}.js`;
const files = { 'main.js': 'run()\n', 'sql/1.sql': 'create', empty: '', [longName]: 'x' };

describe('content', () => {
  test('has the same digest in another path, with another umask, other times and another order of creation', async () => {
    const one = await folder('one', files);
    await chmod(join(one, 'main.js'), 0o755);
    await symlink('../main.js', join(one, 'sql/latest'));
    execFileSync('sh', [
      '-c',
      'umask 077 && cp -r "$1" "$2" && chmod 700 "$2/main.js"',
      'sh',
      one,
      join(root, 'two'),
    ]);
    execFileSync('sh', ['-c', 'find "$1" -exec touch -h -d 2001-01-01 {} +', 'sh', join(root, 'two')]);
    expect(await contentOf(join(root, 'two'))).toBe(await contentOf(one));
  });

  test('never gets another digest with another version of the archiver: releases hold it', async () => {
    expect(await contentOf(await folder('one', files))).toMatchInlineSnapshot(
      `"sha256:618fbefa128c24bb07bfba8d6c7caeb634d23f7825dd329801e92febd72642a2"`,
    );
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ['a byte', (path) => writeFile(join(path, 'main.js'), 'run();')],
    ['a name', (path) => writeFile(join(path, 'other.js'), '')],
    ['an empty folder', async (path) => void (await mkdir(join(path, 'uploads')))],
    ['the permission to execute', (path) => chmod(join(path, 'main.js'), 0o755)],
    ['a link', (path) => symlink('main.js', join(path, 'start.js'))],
  ])('has another digest with %s', async (_, change) => {
    const one = await folder('one', files);
    const before = await contentOf(one);
    await change(one);
    expect(await contentOf(one)).not.toBe(before);
  });

  test.each(['/etc/passwd', '../outside'])('cannot contain a link to %s', async (target) => {
    const one = await folder('one', files);
    await symlink(target, join(one, 'link'));
    await expect(contentOf(one)).rejects.toThrow(`${one}/link is a link out of its folder, to ${target}`);
  });
});

describe('objects', () => {
  test('come back as they were put', async () => {
    const one = await folder('one', files);
    await chmod(join(one, 'main.js'), 0o755);
    await symlink('../main.js', join(one, 'sql/latest'));
    const digest = await contentOf(one);
    expect(await store.objects.has(digest)).toBe(false);
    await store.objects.put(digest, one);
    expect(await store.objects.has(digest)).toBe(true);
    const back = await folder('back', {});
    await store.objects.fetch(digest, back);
    expect(await contentOf(back)).toBe(digest);
    expect(await readFile(join(back, 'sql/latest'), 'utf8')).toBe('run()\n');
  });

  test('are not stored under the digest of another content', async () => {
    const digest = await contentOf(await folder('one', files));
    await expect(store.objects.put(digest, await folder('two', { a: '' }))).rejects.toThrow(
      /two was changed/,
    );
    expect(await store.objects.has(digest)).toBe(false);
    expect(await readdir(join(root, 'store/objects/sha256'))).toEqual([]);
  });

  test.each<[string, (archive: Buffer) => Buffer, RegExp]>([
    [
      'a changed byte',
      (archive) => Buffer.from(archive.toString('latin1').replace('run()', 'ruin!'), 'latin1'),
      /was altered/,
    ],
    [
      'half of an archive',
      (archive) => archive.subarray(0, archive.length / 2 - 100),
      /is damaged|was altered/,
    ],
    ['no archive', () => Buffer.from('hello'), /is damaged|was altered/],
    ['nothing', () => Buffer.alloc(0), /is damaged|was altered/],
  ])('are refused after a change in the store: %s', async (_, change, problem) => {
    const one = await folder('one', files);
    const digest = await contentOf(one);
    await store.objects.put(digest, one);
    const file = join(root, 'store/objects/sha256', `${digest.slice(7)}.tar`);
    await writeFile(file, change(await readFile(file)));
    await expect(store.objects.fetch(digest, await folder('back', {}))).rejects.toThrow(problem);
  });
});

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
