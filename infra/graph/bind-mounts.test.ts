import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { codeNode, graphOf } from './scratch-graph.ts';

test('the variable of a bind mount belongs to its service, and others can refer to it', (t) => {
  const graph = graphOf(
    t,
    `
name: x
services:
  web: { image: 'web:1', bindMounts: { site-pages: { source: ./app/, path: /srv/pages } } }
  job: { image: 'job:1', variables: { PAGES: "\${{web.SITE_PAGES_MOUNT_PATH}}" } }
`,
  );
  const web = codeNode(graph, 'web');
  const provided = { kind: 'provided', service: 'web', name: 'SITE_PAGES_MOUNT_PATH' };
  assert.deepEqual(web.variables['SITE_PAGES_MOUNT_PATH'], [provided]);
  assert.equal(web.config.bindMounts?.['site-pages']?.source, 'app');
  const { variables, dependsOn } = codeNode(graph, 'job');
  assert.deepEqual([variables['PAGES'], dependsOn], [[provided], []]);
});

test('a link to a folder of the repository is mounted, and one that leads out of it or to its state is refused', (t) => {
  const folder = scratch(t, {
    'keys/id': 'secret',
    'repository/pages/index.html': '',
    'repository/stack.yaml': `
name: x
services:
  web: { image: 'web:1', bindMounts: { a: { source: inner, path: /a }, b: { source: outer, path: /b }, c: { source: state, path: /c }, d: { source: loop, path: /d }, e: { source: "a\\0b", path: /e } } }
`,
    'repository/.railhead/dev/key': '',
  });
  const root = join(folder, 'repository');
  symlinkSync('pages', join(root, 'inner'));
  symlinkSync('../keys', join(root, 'outer'));
  symlinkSync('.railhead/dev', join(root, 'state'));
  symlinkSync('loop', join(root, 'loop'));
  assert.deepEqual(
    problemsOf(root, () => buildGraph(loadStack(join(root, 'stack.yaml')), 'test')),
    [
      'stack.yaml:4:85  services.web.bindMounts.b.source: "outer" is a symbolic link that leads out of <root>; name a folder of the repository',
      'stack.yaml:4:117  services.web.bindMounts.c.source: "state" must be another folder of the repository: a service must not see .git and .railhead',
      'stack.yaml:4:149  services.web.bindMounts.d.source: "loop" cannot be read: ELOOP',
      'stack.yaml:4:180  services.web.bindMounts.e.source: "a\\u0000b" cannot be read: ERR_INVALID_ARG_VALUE',
    ],
  );
});
