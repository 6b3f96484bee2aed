import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Route } from './environment.ts';
import { findRoute, stripped } from './routes.ts';

const routes = ['/*', '/api/*', '/api/v2/*', '/api/health', '/'].map((path): Route => ({
  path,
  origin: 'http://127.0.0.1:1',
  binding: 'ORIGIN_0',
}));

test('the longest path wins, in any order of the routes', () => {
  const expected = {
    '/': '/',
    '/x': '/*',
    '/apis': '/*',
    '/api': '/api/*',
    '/api/': '/api/*',
    '/api/v1': '/api/*',
    '/api/v2': '/api/v2/*',
    '/api/v2/x': '/api/v2/*',
    '/api/health': '/api/health',
    '/api/health/x': '/api/*',
  };
  for (const [path, route] of Object.entries(expected)) {
    assert.equal(findRoute(routes, 'app.example', path)?.path, route, path);
    assert.equal(findRoute(routes.toReversed(), 'app.example', path)?.path, route, path);
  }
});

test('a path that no route covers has no route', () => {
  assert.equal(findRoute(routes.slice(1, 3), 'app.example', '/x'), undefined);
  assert.equal(findRoute(routes.slice(1, 3), 'app.example', '/API/v1'), undefined);
});

test('the most specific host wins, then the longest path', () => {
  const hosted = [
    ['', '/*'],
    ['', '/api/v2/*'],
    ['*.example.com', '/*'],
    ['*.eu.example.com', '/*'],
    ['app.example.com', '/api/*'],
  ].map(([host = '', path = '']): Route => ({
    ...(host !== '' && { host }),
    path,
    origin: 'http://127.0.0.1:1',
    binding: 'ORIGIN_0',
  }));
  const expected: [host: string, path: string, route: string][] = [
    ['other.example', '/x', '/*'],
    ['other.example', '/api/v2/x', '/api/v2/*'],
    ['example.com', '/x', '/*'],
    ['www.example.com', '/api/v2/x', '*.example.com/*'],
    ['a.b.example.com', '/', '*.example.com/*'],
    ['a.eu.example.com', '/', '*.eu.example.com/*'],
    ['app.example.com', '/api/v2/x', 'app.example.com/api/*'],
    ['app.example.com', '/', '*.example.com/*'],
    ['evilexample.com', '/', '/*'],
  ];
  for (const [host, path, route] of expected) {
    for (const order of [hosted, hosted.toReversed()]) {
      const found = findRoute(order, host, path);
      assert.equal(`${found?.host ?? ''}${found?.path}`, route, host + path);
    }
  }
});

test('the prefix of a route is removed, and a path never becomes empty', () => {
  const route = (path: string, stripPrefix?: boolean): Route => ({
    path,
    ...(stripPrefix !== undefined && { stripPrefix }),
    origin: 'http://127.0.0.1:1',
    binding: 'ORIGIN_0',
  });
  assert.deepEqual(stripped(route('/api/*', true), '/api/users'), { path: '/users', prefix: '/api' });
  assert.deepEqual(stripped(route('/api/*', true), '/api'), { path: '/', prefix: '/api' });
  assert.deepEqual(stripped(route('/api/*', true), '/api/'), { path: '/', prefix: '/api' });
  assert.deepEqual(stripped(route('/a/b', true), '/a/b'), { path: '/', prefix: '/a/b' });
  assert.deepEqual(stripped(route('/api/*', false), '/api/users'), { path: '/api/users' });
  assert.deepEqual(stripped(route('/*', true), '/api'), { path: '/api' });
});
