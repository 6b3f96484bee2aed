import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderStore } from '../store/folder-store.ts';
import { keepRelease } from './keep.ts';
import { temporaryProject } from './testing.ts';

const { project, release, source } = temporaryProject();
const store = () => folderStore(join(project.root, 'shared'));

describe('a kept release', () => {
  test('is not written again', async () => {
    const objects = join(project.root, 'shared/objects/sha256');
    const inodes = async () =>
      Promise.all(
        (await readdir(objects)).map(async (name) => [name, (await stat(join(objects, name))).ino]),
      );
    await source('api', { 'main.sh': '' });
    await source('web', { run: '#!/bin/sh' });
    const services = { api: { build: 'echo built > out.txt' }, web: { start: './run' } };
    await keepRelease(await release(services), store(), expect.unreachable);
    const before = await inodes();
    expect(before).toHaveLength(2);
    await keepRelease(await release(services), store(), expect.unreachable);
    expect(await inodes()).toEqual(before);
  });

  test('has the content that was built, whatever a service writes into its folder', async () => {
    await source('web', { run: '' });
    const own = await release({ web: {} });
    const { path } = own['web']!;
    const first = await keepRelease(own, store(), expect.unreachable);
    await writeFile(join(path, 'data.sqlite'), 'secret');
    await symlink('/etc/hostname', join(path, 'link'));
    expect(await keepRelease(own, store(), expect.unreachable)).toEqual(first);
    expect(await readdir(join(project.root, 'shared/objects/sha256'))).toHaveLength(1);
  });

  test('leaves out an artifact into which its service has written, if the store does not have it', async () => {
    await source('web', { run: '' });
    const own = await release({ web: {} });
    await writeFile(join(own['web']!.path, '.env'), 'TOKEN=secret');
    const lines: string[] = [];
    const kept = await keepRelease(own, store(), (line) => lines.push(line));
    expect(kept).toEqual(own);
    expect(lines.join()).toMatch(
      /^The artifact of web is not kept, so no release file can name it: .*web-\w+ was changed after it was built\. To keep it, /,
    );
    expect(await readdir(join(project.root)).then((names) => names.includes('shared'))).toBe(false);
  });

  test('has the present content of an artifact whose digest was not saved, from then on', async () => {
    await source('web', { run: '' });
    const own = await release({ web: {} });
    const { path } = own['web']!;
    await rm(`${path}.content`);
    const first = await keepRelease(own, store(), expect.unreachable);
    await writeFile(join(path, 'cache'), '');
    expect(await keepRelease(own, store(), expect.unreachable)).toEqual(first);
  });

  test('contains the file that a link in the source leads to', async () => {
    // Git lists links.
    execFileSync('git', ['init', '--quiet'], { cwd: project.root });
    await source('web', { 'shared.txt': 'one' });
    await mkdir(join(project.root, 'services/api'));
    await symlink('../web/shared.txt', join(project.root, 'services/api/linked.txt'));
    const kept = await keepRelease(await release({ api: { start: './run' } }), store(), expect.unreachable);
    await rm(join(project.root, 'services'), { recursive: true });
    expect(await readFile(join(kept['api']!.path, 'linked.txt'), 'utf8')).toBe('one');
  });

  test('leaves out an artifact that only this machine has', async () => {
    await source('web', { run: '' });
    const own = await release({ web: { build: 'ln -s /etc/hostname link' } });
    const lines: string[] = [];
    const kept = await keepRelease(own, store(), (line) => lines.push(line));
    expect(kept['web']?.content).toBeUndefined();
    expect(lines.join()).toMatch(/^The artifact of web is not kept, .*link is a link out of its folder/);
  });

  test('reports a store that cannot be written', async () => {
    await source('web', { run: '' });
    await mkdir(join(project.root, 'shared'));
    await writeFile(join(project.root, 'shared/objects'), '');
    await expect(keepRelease(await release({ web: {} }), store(), () => {})).rejects.toThrow(
      /The artifact of web cannot be written to the store .*shared: ENOTDIR/,
    );
  });
});
