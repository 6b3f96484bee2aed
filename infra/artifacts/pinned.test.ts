import { execFile } from 'node:child_process';
import { chmod, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { inFolder } from '../common/folders.ts';
import { formatRelease } from '../releases/format.ts';
import { loadRelease } from '../releases/load.ts';
import type { Pin } from '../releases/schema.ts';
import { contentOf } from '../store/archive.ts';
import { folderStore } from '../store/folder-store.ts';
import { planImage } from './image.ts';
import { keepRelease } from './keep.ts';
import { buildRelease } from './release.ts';
import { graphOf, temporaryProject, type Config } from './testing.ts';
import type { DescribedRelease } from './types.ts';

const { project, release, source, write, artifacts } = temporaryProject();
const services = { api: { build: 'echo built > out.txt && chmod +x out.txt' }, web: { start: './run' } };
const store = () => folderStore(join(project.root, 'shared'));
const artifactFolder = () => join(project.root, '.railhead/artifacts');
const folderOf = (service: string, pin: Pin | undefined) =>
  join(artifactFolder(), `${service}-${pin?.hash}-${pin?.content?.slice(7, 23)}`);

/** Builds and keeps a release. Returns its pins. */
async function built(): Promise<Record<string, Pin>> {
  await source('api', { 'main.sh': '', 'sql/1.sql': 'create' });
  await source('web', { run: '#!/bin/sh' });
  const kept = await keepRelease(await release(services), store(), expect.unreachable);
  return Object.fromEntries(
    Object.values(kept).map(({ service, hash, content = '' }) => [service, { hash, content }]),
  );
}

/** Writes the release file and takes what it names. */
async function take(
  pins: Record<string, Pin>,
  wanted: Record<string, Config> = services,
  preview = false,
): Promise<{ taken: DescribedRelease; lines: string[] }> {
  const stack = { file: 'stacks/test.yaml' };
  const head = { version: 1, environment: 'dev', stack, time: '2026-11-29T06:18:32Z', by: 'Ada' } as const;
  await write('releases/test.yaml', formatRelease({ ...head, artifacts: pins }));
  const { root } = project;
  const pinned = inFolder(root, () => loadRelease('test', root));
  const lines: string[] = [];
  const taken = await buildRelease(graphOf(wanted), {
    root,
    preview,
    containers: undefined,
    progress: (line) => lines.push(line),
    pins: pinned && { ...pinned, store: store() },
  });
  return { taken, lines };
}

describe('a release file', () => {
  test('makes nothing be built: artifacts that were taken once are used if their content is right', async () => {
    const pins = await built();
    await rm(join(project.root, 'services'), { recursive: true });
    await take(pins);
    await rm(join(project.root, 'shared'), { recursive: true });
    const { taken, lines } = await take(pins);
    expect(lines).toEqual([]);
    expect(Object.values(taken).map(({ service, hash }) => [service, hash])).toEqual(
      Object.entries(pins).map(([service, { hash }]) => [service, hash]),
    );
  });

  test('takes artifacts from the store, with their permissions and migrations', async () => {
    const pins = await built();
    await rm(artifactFolder(), { recursive: true });
    const { taken, lines } = await take(pins, {
      ...services,
      api: { ...services.api, preDeploy: { command: ['true'], migrations: 'sql/*.sql' } },
    });
    expect(lines.toSorted()).toEqual([
      `Taking api from the store ${project.root}/shared`,
      `Taking web from the store ${project.root}/shared`,
    ]);
    const api = taken['api']!;
    expect(await readFile(join(api.path, 'out.txt'), 'utf8')).toBe('built\n');
    expect(api.inputs).toMatchObject({
      files: {},
      release: 'releases/test.yaml',
      migrations: [['sql/1.sql', 'fa8847b0c3318327']],
    });
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a changed file', (path) => writeFile(join(path, 'out.txt'), 'evil')],
    ['a file more', (path) => writeFile(join(path, 'sitecustomize.py'), '')],
    ['a file less', (path) => rm(join(path, 'main.sh'))],
    ['a permission', (path) => chmod(join(path, 'out.txt'), 0o644)],
    ['a pipe', (path) => promisify(execFile)('mkfifo', [join(path, 'pipe')])],
    ['a link that leads out', (path) => symlink('/etc/hostname', join(path, 'link'))],
  ])('replaces an altered artifact by that of the store, and keeps it: %s', async (_, alter) => {
    const pins = await built();
    await take(pins);
    const path = folderOf('api', pins['api']);
    await alter(path);
    const { lines } = await take(pins);
    expect(lines.join('\n')).toMatch(/api-[\w-]+ was altered; it is kept as api-[\w-]+-altered-\w+$/);
    expect(await readFile(join(path, 'out.txt'), 'utf8')).toBe('built\n');
    expect((await take(pins)).lines).toEqual([]);
    expect((await artifacts()).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('leaves an altered artifact where it is in a preview, which shows the migrations of the right one', async () => {
    const pins = await built();
    await take(pins);
    const path = folderOf('api', pins['api']);
    await writeFile(join(path, 'sql/1.sql'), 'evil');
    const names = await artifacts();
    const api = { ...services.api, preDeploy: { command: ['true'], migrations: 'sql/*.sql' } };
    const { taken, lines } = await take(pins, { ...services, api }, true);
    expect(lines.at(-1)).toMatch(/api-[\w-]+ was altered; `up` replaces it$/);
    expect(taken['api']).toMatchObject({ path, inputs: { migrations: [['sql/1.sql', 'fa8847b0c3318327']] } });
    expect(await readFile(join(path, 'sql/1.sql'), 'utf8')).toBe('evil');
    expect(await artifacts()).toEqual(names);
  });

  test('has another name with another content of the same inputs, so that it runs in another folder', async () => {
    const pins = await built();
    const first = await take(pins);
    const path = first.taken['api']!.path;
    await writeFile(join(path, 'out.txt'), 'built elsewhere');
    const content = await contentOf(path);
    await store().objects.put(content, path);
    await writeFile(join(path, 'out.txt'), 'built\n');
    const next = await take({ ...pins, api: { ...pins['api']!, content } });
    expect(next.taken['api']!.path).not.toBe(path);
    expect(next.taken['api']!.hash).toBe(first.taken['api']!.hash);
    expect(await readFile(join(next.taken['api']!.path, 'out.txt'), 'utf8')).toBe('built elsewhere');
    expect(await readFile(join(path, 'out.txt'), 'utf8')).toBe('built\n');
    expect(next.taken['web']).toEqual(first.taken['web']);
    const images = [first, next].map(({ taken }) => planImage(project.root, graphOf({}), taken['api']!));
    expect(images[0]?.image.reference).not.toBe(images[1]?.image.reference);
  });

  test('replaces no altered artifact if another one cannot run', async () => {
    const { api, web } = await built();
    await take({ api: api!, web: web! });
    const path = folderOf('api', api);
    await writeFile(join(path, 'out.txt'), 'evil');
    const names = await artifacts();
    const gone = { hash: web!.hash, content: `sha256:${'0'.repeat(64)}` };
    await expect(take({ api: api!, web: gone })).rejects.toThrow(
      /artifacts\.web\.content: .*does not have it/,
    );
    expect(await readFile(join(path, 'out.txt'), 'utf8')).toBe('evil');
    expect(await artifacts()).toEqual(names);
  });

  test('reports at once everything that is missing, altered or unknown, and changes nothing', async () => {
    const { api, web } = await built();
    await take({ api: api!, web: web! });
    const names = (await artifacts()).toSorted();
    await writeFile(join(folderOf('api', api), 'out.txt'), 'evil');
    await rm(join(project.root, 'shared'), { recursive: true });
    const pins = {
      api: api!,
      old: web!,
      other: { hash: '0123456789abcdef', content: `sha256:${'0'.repeat(64)}` },
    };
    await expect(take(pins, { ...services, other: {} })).rejects.toThrow(
      new RegExp(
        [
          'releases/test.yaml:\\d+:\\d+  artifacts: has no artifact of web',
          `releases/test.yaml:\\d+:\\d+  artifacts.api.content: .railhead/artifacts/api-\\w{16}-\\w{16} was altered, it is sha256:\\w{64}, and the store ${project.root}/shared does not have it`,
          'releases/test.yaml:\\d+:\\d+  artifacts.old: nothing in the stack file is built as "old"; .*',
          `releases/test.yaml:\\d+:\\d+  artifacts.other.content: .railhead/artifacts/other-0123456789abcdef-0{16} does not exist, and the store ${project.root}/shared does not have it`,
          '',
          '`up` cannot deploy releases/test.yaml, so it changed nothing\\. Next: .*',
        ].join('\n'),
      ),
    );
    expect((await artifacts()).toSorted()).toEqual(names);
  });

  test('refuses an archive that was altered in the store, and an altered artifact stays where it is', async () => {
    const pins = await built();
    await take(pins);
    const hex = pins['api']?.content?.slice(7);
    await writeFile(join(project.root, 'shared/objects/sha256', `${hex}.tar`), '');
    const path = folderOf('api', pins['api']);
    await writeFile(join(path, 'out.txt'), 'evil');
    await expect(take(pins)).rejects.toThrow(/artifacts\.api\.content: .* was altered, .*\.tar is damaged/);
    expect(await readFile(join(path, 'out.txt'), 'utf8')).toBe('evil');
  });

  test('is reported if its name ends with .yml', async () => {
    await write('releases/test.yml', '');
    const load = () => inFolder(project.root, () => loadRelease('test', project.root));
    expect(load).toThrow('releases/test.yml:1:1  is not read: the release file is releases/test.yaml.');
  });

  test('names a version of its format', async () => {
    await write('releases/test.yaml', 'version: 2\nartifacts: { api: { hash: x, contents: y } }\n');
    const load = () => inFolder(project.root, () => loadRelease('test', project.root));
    const problems = [
      ':1:10  version: 2 is not 1',
      ':2:27  artifacts.api.hash: "x" is not 16 hex digits',
      ':2:30  artifacts.api.contents: unknown key "contents"; did you mean "content"?',
    ];
    for (const problem of problems) expect(load).toThrow(`releases/test.yaml${problem}`);
  });
});
