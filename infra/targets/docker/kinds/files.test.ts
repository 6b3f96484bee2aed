import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'vitest';
import { scratch } from '../../../stack/scratch.ts';
import { unless } from '../../../../tools/testing/unless.ts';
import { localImage } from '../../../data/testing/docker.ts';
import { docker } from '../testing/daemon.ts';
import { files } from './files.ts';

const { image, lack } = localImage('node:24-slim');
const step = { signal: AbortSignal.timeout(60_000), progress: () => {} };

unless(lack).test(
  'other contents get another folder; a folder that no container mounts is removed',
  async (t) => {
    const place = { root: scratch(t, {}), environment: 'test', name: 'proxy' };
    const write = async (...contents: string[]) =>
      (await files.create({ ...place, contents, state: 'ready' }, step)).folder;
    const state = (...contents: string[]) => files.read?.({ ...place, contents, state: 'ready' });

    const umask = process.umask(0o077);
    t.onTestFinished(() => void process.umask(umask));
    const first = await write('a', 'b');
    assert.deepEqual(
      [readFileSync(join(first, '0'), 'utf8'), readFileSync(join(first, '1'), 'utf8')],
      ['a', 'b'],
    );
    const modes = [first, dirname(first), join(first, '0')].map((path) => statSync(path).mode & 0o777);
    assert.deepEqual(modes, [0o700, 0o700, 0o444]);
    assert.equal(await write('a', 'b'), first);
    assert.deepEqual([state('a', 'b'), state('a'), state('a', 'c')], ['ready', 'stopped', 'stopped']);

    const mount = `type=bind,source=${join(first, '1')},target=/b,readonly`;
    const container = docker('create', '--mount', mount, image).trim();
    t.onTestFinished(() => void docker('rm', container));
    const second = await write('a', 'c');
    const third = await write('d');
    assert.deepEqual([first, second, third].map(existsSync), [true, false, true]);

    await files.delete(place, step);
    assert.ok(!existsSync(dirname(third)));
  },
);

test('a file that someone changed is not as wanted', async (t) => {
  const given = { root: scratch(t, {}), environment: 'test', name: 'proxy', contents: ['a'], state: 'ready' };
  const { folder } = await files.create(given, step);
  writeFileSync(join(folder, '1'), '');
  assert.equal(files.read?.(given), 'stopped');
});
