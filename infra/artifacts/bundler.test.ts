import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { temporaryProject } from './testing.ts';

const { project, release, source, write } = temporaryProject();

/** Returns the contents of an artifact by path. */
async function contentsOf(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.js')).toSorted();
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as [string, string]),
    ),
  );
}

test('services that are bundled together have the same artifacts as each of them alone', async () => {
  await source('shared', { 'log.ts': 'export const log = (text: string) => console.log(text);' });
  await source('api', {
    'main.ts': `import { log } from '../shared/log.ts'; import { answer } from './answer.ts'; log(answer);`,
    'answer.ts': `export const answer = 'answer';`,
    'jobs/nightly.ts': `import { log } from '../../shared/log.ts'; log('nightly');`,
  });
  await source('web', {
    'main.ts': `import { log } from '../shared/log.ts'; import { answer } from './answer.ts'; log(answer);`,
    'answer.ts': `export const answer = 'another answer';`,
  });
  const api = { preDeploy: { command: ['node jobs/nightly.js'] } };
  const artifacts = async (services: Parameters<typeof release>[0]) => {
    await rm(join(project.root, '.railhead'), { recursive: true, force: true });
    const found = Object.values(await release(services));
    return Promise.all(
      found.map(async ({ service, hash, inputs, path }) => {
        return { service, hash, inputs, contents: await contentsOf(path) };
      }),
    );
  };
  const together = await artifacts({ api, web: {} });
  assert.deepEqual(together, [...(await artifacts({ api })), ...(await artifacts({ web: {} }))]);
  assert.deepEqual(Object.keys(together[0]?.contents ?? {}), ['jobs/nightly.js', 'main.js']);
  assert.deepEqual(Object.keys(together[1]?.inputs.files ?? {}), [
    'services/shared/log.ts',
    'services/web/answer.ts',
    'services/web/main.ts',
  ]);
});

test('the errors of all services are reported at once, with their places', async () => {
  await source('api', { 'main.ts': `import './missing.ts';` });
  await source('web', { 'main.ts': 'const answer = ;' });
  await assert.rejects(release({ api: {}, web: {} }), (error: Error) => {
    assert.match(error.message, /services\/api\/main\.ts:1:8 .*missing/);
    assert.match(error.message, /services\/web\/main\.ts:1:16 /);
    return true;
  });
});

test('a change of a file that only a linked source folder reaches is a change of the artifact', async () => {
  await write('packages/api/main.ts', `import { answer } from './answer.ts'; console.log(answer);`);
  await write('packages/api/answer.ts', 'export const answer = 1;');
  await mkdir(join(project.root, 'services'));
  await symlink('../packages/api', join(project.root, 'services/api'));
  const before = (await release({ api: {} })).api;
  assert.deepEqual(Object.keys(before?.inputs.files ?? {}), [
    'packages/api/answer.ts',
    'packages/api/main.ts',
  ]);
  await write('packages/api/answer.ts', 'export const answer = 2;');
  assert.notEqual((await release({ api: {} })).api?.hash, before?.hash);
});
