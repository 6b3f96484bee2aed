import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { buildRelease } from './release.ts';
import type { DescribedRelease } from './types.ts';

const files = {
  'libs/shared.ts': '',
  'services/api/Dockerfile': 'FROM node:24 AS build\nFROM node:24 AS runtime\n',
  'services/api/sql/1.sql': 'create table a ();',
  'docs/a.md': '',
  '.dockerignore': 'docs\nstack.yaml\n',
};

const dockerfile = { path: 'services/api/Dockerfile', context: '.', target: 'runtime', args: { LEVEL: 1 } };
const api = { source: 'services/api', dockerfile };

test('a build context apart from the source folder is the artifact, without what .dockerignore excludes', async (t) => {
  const preDeploy = { command: 'node migrate.js', migrations: 'sql/*.sql' };
  const { api: built } = await release(t, { api: { ...api, preDeploy } });
  assert.deepEqual((await readdir(built!.path)).toSorted(), ['.dockerignore', 'libs', 'services']);
  assert.deepEqual(Object.keys(built!.inputs.files), [
    '.dockerignore',
    'libs/shared.ts',
    'services/api/Dockerfile',
    'services/api/sql/1.sql',
  ]);
  assert.deepEqual(
    built!.inputs.migrations?.map(([file]) => file),
    ['sql/1.sql'],
  );
  assert.match(
    built!.inputs.settings,
    /^dockerfile: services\/api\/Dockerfile\ncontext: \.\ntarget: runtime\nargument LEVEL: [0-9a-f]{8}$/,
  );
  const { context, dockerfile, target, args } = built!.image!;
  assert.deepEqual(
    { dockerfile, target, args },
    { dockerfile: join(context, 'services/api/Dockerfile'), target: 'runtime', args: { LEVEL: '1' } },
  );
});

test('services with the same build share an image, others do not', async (t) => {
  const references = async (services: object) =>
    Object.values(await release(t, services)).map(({ image }) => image?.reference.replace(/:.*/, ''));
  const worker = { ...api, start: 'node worker.js' };
  assert.deepEqual(await references({ worker, api }), ['shop/api', 'shop/api']);
  const other = { ...api, dockerfile: { ...dockerfile, args: { LEVEL: 2 } } };
  const first = { ...api, dockerfile: { ...dockerfile, target: 'build' } };
  assert.deepEqual(await references({ api, other, first }), ['shop/api', 'shop/first', 'shop/other']);
});

test('the image depends on its stage and its arguments', async (t) => {
  const tag = async (change: object) =>
    (await release(t, { api: { ...api, dockerfile: { ...dockerfile, ...change } } }))['api']?.image
      ?.reference;
  const tags = [await tag({}), await tag({ target: 'build' }), await tag({ args: { LEVEL: 2 } })];
  assert.equal(new Set(tags).size, 3);
});

function release(t: TestContext, services: object): Promise<DescribedRelease> {
  const text = JSON.stringify({ name: 'shop', services });
  const root = scratch(t, { ...files, 'stack.yaml': text });
  const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
  return buildRelease(graph, { root, containers: [], preview: false, progress: () => {}, pins: undefined });
}
