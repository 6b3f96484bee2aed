import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Header, type HeaderData } from 'tar';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contentOf, unpack } from './archive.ts';
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

  test('of a folder that cannot be read is an error that says so', async () => {
    const gone = join(root, 'gone');
    await expect(contentOf(gone)).rejects.toThrow(`${gone} cannot be read: ENOENT`);
  });

  test.each<[string, (HeaderData & { path: string })[]]>([
    ['a path above the folder', [{ path: '../out', type: 'File' }]],
    ['an absolute path', [{ path: '/tmp/out', type: 'File' }]],
    ['a hard link to a file of the machine', [{ path: 'a', type: 'Link', linkpath: '/etc/hostname' }]],
    ['a hard link to a file above', [{ path: 'a', type: 'Link', linkpath: '../store/x' }]],
    ['a link out of the folder', [{ path: 'a', type: 'SymbolicLink', linkpath: '../store' }]],
    [
      'a file behind a link',
      [
        { path: 'a', type: 'SymbolicLink', linkpath: '/tmp' },
        { path: 'a/out', type: 'File' },
      ],
    ],
    ['a device', [{ path: 'a', type: 'CharacterDevice', devmaj: 1, devmin: 3 }]],
    ['a pipe', [{ path: 'a', type: 'FIFO' }]],
  ])('is not unpacked from an archive with %s', async (_, entries) => {
    const blocks = entries.map((entry) => {
      const header = new Header({ uid: 0, gid: 0, mtime: new Date(0), mode: 0o644, size: 0, ...entry });
      header.encode();
      return header.block ?? Buffer.alloc(0);
    });
    const target = await folder('target', {});
    const archive = Readable.from([Buffer.concat([...blocks, Buffer.alloc(1024)])]);
    await expect(unpack(archive, target)).rejects.toThrow(/^TAR_ENTRY_/);
    expect(await readdir(target)).toEqual([]);
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

  test.each<[string, (archive: Buffer) => Buffer]>([
    [
      'a changed byte',
      (archive) => Buffer.from(archive.toString('latin1').replace('run()', 'ruin!'), 'latin1'),
    ],
    ['half of an archive', (archive) => archive.subarray(0, archive.length / 2 - 100)],
    ['more after the end', (archive) => Buffer.concat([archive, Buffer.alloc(1024)])],
    ['no archive', () => Buffer.from('hello')],
    ['nothing', () => Buffer.alloc(0)],
  ])('are refused after a change in the store, and not unpacked: %s', async (_, change) => {
    const one = await folder('one', files);
    const digest = await contentOf(one);
    await store.objects.put(digest, one);
    const file = join(root, 'store/objects/sha256', `${digest.slice(7)}.tar`);
    await writeFile(file, change(await readFile(file)));
    const back = await folder('back', {});
    await expect(store.objects.fetch(digest, back)).rejects.toThrow(
      /\.tar is damaged: its digest is sha256:\w{64}\. Delete it\. The next update of the environment that built it/,
    );
    expect(await readdir(back)).toEqual([]);
  });

  test.each([0, 100, 512, 1024])('are put again if %s bytes of the archive are left', async (size) => {
    const one = await folder('one', files);
    const digest = await contentOf(one);
    await store.objects.put(digest, one);
    const file = join(root, 'store/objects/sha256', `${digest.slice(7)}.tar`);
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, size));
    await store.objects.put(digest, one);
    expect((await readFile(file)).equals(whole)).toBe(true);
  });

  test('are whole on a file system that writes less at once than it is asked to', async () => {
    const one = await folder('one', files);
    const digest = await contentOf(one);
    const handle = await open(join(one, 'main.js'));
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const write = Reflect.get(prototype, 'write') as (this: unknown, part: Buffer) => Promise<unknown>;
    const writeLess = function (this: typeof handle, part: Buffer) {
      return write.call(this, part.subarray(0, 100));
    };
    vi.spyOn(prototype, 'write').mockImplementation(writeLess as typeof prototype.write);
    await store.objects.put(digest, one);
    vi.restoreAllMocks();
    await store.objects.fetch(digest, await folder('back', {}));
  });
});
