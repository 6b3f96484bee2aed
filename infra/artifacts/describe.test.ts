import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { scratch } from '../stack/scratch.ts';
import { buildRelease } from './release.ts';
import type { DescribedRelease, ProgramName } from './types.ts';

const integrity = `sha512-${'k'.repeat(86)}==`;

const files = {
  'services/api/main.ts': `import './used.ts'; import 'one';`,
  'services/api/used.ts': 'console.log(1);',
  'services/api/unused.ts': 'console.log(2);',
  'services/api/public/a.txt': 'a',
  'services/py/app.py': 'print(1)',
  'services/own/Dockerfile': 'FROM scratch',
  'node_modules/.package-lock.json': JSON.stringify({
    packages: { 'node_modules/one': { version: '1.2.3', integrity } },
  }),
  'node_modules/one/package.json': '{ "name": "one", "version": "1.2.3", "main": "index.js" }',
  'node_modules/one/index.js': 'console.log(3);',
};

const services = `
  api: { source: services/api }
  py: { source: services/py, start: python3 app.py, build: python3 -m compileall . }`;

const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

test('an artifact lists its files and packages, with versions, and how it was built', async (t) => {
  const { api, py } = await release(project(t), services);
  assert.equal(api?.inputs.folder, 'services/api');
  assert.deepEqual(api.inputs.files, {
    'services/api/main.ts': sha(files['services/api/main.ts']),
    'services/api/public/a.txt': sha('a'),
    'services/api/used.ts': sha('console.log(1);'),
  });
  assert.deepEqual(api.inputs.packages, { 'node_modules/one': `1.2.3 sha512-${'k'.repeat(20)}` });
  assert.match(api.inputs.settings, /^entries: main\.ts\nbuilder: esbuild \S+\noptions: [0-9a-f]{16}$/);
  assert.deepEqual(py?.inputs, {
    folder: 'services/py',
    files: { 'services/py/app.py': sha('print(1)') },
    packages: {},
    settings: 'command: python3 -m compileall .',
  });
});

test('a package that npm has no record of is listed with its version and one hash of its files', async (t) => {
  const root = project(t);
  rmSync(join(root, 'node_modules/.package-lock.json'));
  const listed = async () => (await release(root, services)).api?.inputs;
  const before = await listed();
  assert.match(before?.packages['node_modules/one'] ?? '', /^1\.2\.3 files-[0-9a-f]{14,}$/);
  assert.ok(Object.keys(before?.files ?? {}).every((path) => !path.includes('node_modules')));
  writeFileSync(join(root, 'node_modules/one/index.js'), 'console.log(4);');
  const after = await listed();
  assert.notDeepEqual(after?.packages, before?.packages);
  assert.deepEqual(after?.files, before?.files);
});

test('the settings of an artifact explain every other name of its image', async (t) => {
  const root = project(t);
  const own = (variables: string, dockerfile = 'Dockerfile') => `
  own: { source: services/own, dockerfile: ${dockerfile}, port: 80, buildVariables: [V], variables: { V: ${variables} } }`;
  const named = async (text: string, rest = '') => {
    const found = Object.values(await release(root, text, rest, []))[0];
    return { reference: found?.image?.reference, inputs: JSON.stringify(found?.inputs) };
  };
  writeFileSync(join(root, 'services/own/Other'), 'FROM other');
  const node = (start: string, rest = '') => `
  api: { source: services/api, start: ${start}${rest} }`;
  const pairs = [
    [await named(own('one')), await named(own('two'))],
    [await named(own('one')), await named(own('one', 'Other'))],
    [
      await named(node('node main.js')),
      await named(node('node main.js'), 'images: { node: "node:26-slim" }'),
    ],
    [await named(node('node main.js')), await named(node('node main.js --flag'))],
    [
      await named(node('node main.js')),
      await named(node('node main.js', ', volume: { path: /data, size: 1Gi }')),
    ],
  ] as const;
  for (const [before, after] of pairs) {
    assert.notEqual(before.reference, after.reference);
    assert.notEqual(before.inputs, after.inputs);
  }
});

function project(t: TestContext): string {
  return scratch(t, files);
}

function release(
  root: string,
  services: string,
  rest = '',
  containers?: ProgramName[],
): Promise<DescribedRelease> {
  writeFileSync(join(root, 'stack.yaml'), `name: x\n${rest}\nservices:${services}\n`);
  const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'test');
  return buildRelease(graph, { root, containers, preview: true, progress: () => {}, pins: undefined });
}
