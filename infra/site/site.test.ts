import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { contentType, findFile, siteFolder } from './site.ts';

test('the folder of a build is served, else the artifact itself', (t) => {
  const root = scratch(t, { 'index.html': '', 'dist/a.txt': '' });
  assert.equal(siteFolder(root), root);
  const built = scratch(t, { 'index.html': '', 'dist/index.html': '', 'public/index.html': '' });
  assert.equal(siteFolder(built), `${built}/dist`);
});

test('a path finds its file, a page without its ending, or the index of a folder', (t) => {
  const root = scratch(t, {
    'index.html': '',
    'about.html': '',
    'docs/index.html': '',
    'a b.css': '',
    '.env': '',
    '.well-known/security.txt': '',
    'server.js': '',
  });
  const find = (path: string) => findFile(root, path, 'server.js');
  const file = (name: string) => ({ file: `${root}/${name}`, status: 200 });
  assert.deepEqual(find('/'), file('index.html'));
  assert.deepEqual(find('/about'), file('about.html'));
  assert.deepEqual(find('/docs'), { location: '/docs/' });
  assert.deepEqual(find('/docs/'), file('docs/index.html'));
  assert.deepEqual(find('/a%20b.css'), file('a b.css'));
  assert.deepEqual(find('/.well-known/security.txt'), file('.well-known/security.txt'));
  for (const path of [
    '/.env',
    '/server.js',
    '/../x',
    '/%2e%2e/x',
    '/..%2fx',
    '/%00',
    '/%',
    '/about/',
    '/docs%5c..',
  ])
    assert.equal(find(path), undefined, path);
  assert.equal(contentType('a.CSS'), 'text/css; charset=utf-8');
});

test('a site can have its own page for missing files', (t) => {
  const root = scratch(t, { 'index.html': '', '404.html': '' });
  assert.deepEqual(findFile(root, '/none', 'server.js'), { file: `${root}/404.html`, status: 404 });
});

test('an app in the browser gets all paths without a file', (t) => {
  const root = scratch(t, { 'index.html': '', '200.html': '', '404.html': '', '.env': '', 'a.css': '' });
  const app = { file: `${root}/200.html`, status: 200 };
  for (const path of ['/users/7', '/.env', '/users/'])
    assert.deepEqual(findFile(root, path, 'server.js'), app);
  assert.deepEqual(findFile(root, '/a.css', 'server.js'), { file: `${root}/a.css`, status: 200 });
});
