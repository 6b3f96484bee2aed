import assert from 'node:assert/strict';
import { test } from 'vitest';
import { gateway } from '../stack/gateway.ts';
import { hostsOf, localHost, localHostsOf, loopbackHosts } from './hosts.ts';
import { publicHostOf } from '../stack/route-address.ts';
import { routesOf } from './routes.ts';

const example = gateway.parse({
  domain: 'example.com',
  routes: [
    { path: '/*', to: 'site' },
    { path: '/docs/*', to: 'docs' },
    { host: 'docs.example.com', path: '/*', to: 'docs' },
    { host: 'app.example.com', path: '/*', to: 'app' },
    { host: 'app.example.com', path: '/api/*', stripPrefix: true, to: 'api' },
    { host: 'old.example.com', path: '/site/*', to: 'site' },
    { host: '*.example.com', path: '/*', to: 'tenants' },
  ],
});

test('the public host of a service is that of its whole site, else the domain, else that of its route', () => {
  const hosts = ['site', 'docs', 'app', 'api', 'tenants'].map((name) => publicHostOf(example, name));
  assert.deepEqual(hosts, [undefined, 'docs.example.com', 'app.example.com', 'app.example.com', undefined]);
});

test('the hosts of routes are accepted without `hosts`', () => {
  const routed = ['docs.example.com', 'app.example.com', 'old.example.com', '*.example.com'];
  assert.deepEqual(hostsOf(example, ['localhost']).names, ['localhost', 'example.com', ...routed]);
});

test('on one machine, a host is also the name of its first label below localhost', () => {
  assert.equal(localHost('app.example.com'), 'app.localhost');
  assert.equal(localHost('example.com'), 'example.localhost');
  assert.equal(localHost('*.example.com'), '*.localhost');
  assert.equal(localHost('shop.app.localhost'), 'shop.app.localhost');
  assert.equal(localHost('localhost'), 'localhost');
  const routes = (isLocal: boolean) =>
    routesOf(example, ({ to }) => `http://${to}:1`, isLocal).map(({ host = '', path }) => host + path);
  const api = (isLocal: boolean) => routes(isLocal).filter((route) => route.endsWith('/api/*'));
  assert.deepEqual(api(false), ['app.example.com/api/*']);
  assert.deepEqual(api(true), ['app.example.com/api/*', 'app.localhost/api/*']);
  const { names } = hostsOf(example, [...loopbackHosts, ...localHostsOf(example)]);
  assert.ok(names.includes('app.localhost') && names.includes('*.localhost'));
});
