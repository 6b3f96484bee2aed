import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Route } from './environment.ts';
import { findRoute } from './routes.ts';

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
    assert.equal(findRoute(routes, path)?.path, route, path);
    assert.equal(findRoute(routes.toReversed(), path)?.path, route, path);
  }
});

test('a path that no route covers has no route', () => {
  assert.equal(findRoute(routes.slice(1, 3), '/x'), undefined);
  assert.equal(findRoute(routes.slice(1, 3), '/API/v1'), undefined);
});
