import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { inFolder } from '../common/folders.ts';
import { stackFiles } from '../stack/extend.ts';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { codeNode } from './scratch-graph.ts';

const stack = (files: string) => `
name: x
services:
  redis: { type: redis }
  web: { image: 'web:1', files: [${files}] }
`;
const conf = '{ path: /etc/web.conf, source: web/web.conf }';

test('a source is mounted as it is, a content with its references, which are edges', (t) => {
  const folder = scratch(t, {
    'stacks/x.yaml': stack(`${conf}, { path: /url, content: "at \${{redis.URL}}" }`),
    'web/web.conf': 'host = ${{redis.HOST}}\n',
  });
  const graph = buildGraph(loadStack(join(folder, 'stacks/x.yaml')), 'test');
  const { files, dependsOn } = codeNode(graph, 'web');
  assert.deepEqual(files, [
    { path: '/etc/web.conf', content: ['host = ${{redis.HOST}}\n'] },
    { path: '/url', content: ['at ', { kind: 'provided', service: 'redis', name: 'URL' }] },
  ]);
  assert.deepEqual(dependsOn, ['redis']);
});

test('a copy of a stack file has copies of the files that it mounts', (t) => {
  const folder = scratch(t, {
    'stacks/x.yaml': stack(conf),
    'web/web.conf': 'new',
    'releases/qa.stack/stacks/x.qa.yaml': 'extends: x.yaml\n',
    'releases/qa.stack/stacks/x.yaml': stack(conf),
    'releases/qa.stack/web/web.conf': 'former',
  });
  const loaded = loadStack(join(folder, 'releases/qa.stack/stacks/x.qa.yaml'));
  assert.equal(loaded.root, folder);
  assert.deepEqual(codeNode(buildGraph(loaded, 'qa'), 'web').files, [
    { path: '/etc/web.conf', content: ['former'] },
  ]);
  const names = inFolder(folder, () => stackFiles('releases/qa.stack/stacks/x.qa.yaml'));
  assert.deepEqual(
    names,
    ['stacks/x.qa.yaml', 'stacks/x.yaml', 'web/web.conf'].map((name) => `releases/qa.stack/${name}`),
  );
});

test('a file outside of the repository is not read, and the files of a service have a limit', (t) => {
  const big = (name: string) => `{ path: /${name}, source: ${name} }`;
  const folder = scratch(t, {
    'repository/stack.yaml': stack(`{ path: /key, source: key }, ${big('a')}, ${big('b')}, ${big('c')}`),
    'key.pem': 'secret',
    'repository/a': 'a'.repeat(200_000),
    'repository/b': 'b'.repeat(200_000),
    'repository/c': 'c'.repeat(200_000),
  });
  const root = join(folder, 'repository');
  symlinkSync('../key.pem', join(root, 'key'));
  assert.deepEqual(
    problemsOf(root, () => buildGraph(loadStack(join(root, 'stack.yaml')), 'test')),
    [
      'stack.yaml:5:26  services.web.files: the files of a service have at most 524288 bytes together, not 600000; put them into its image',
      'stack.yaml:5:56  services.web.files.0.source: "key" is a symbolic link that leads out of <root>',
    ],
  );
});
