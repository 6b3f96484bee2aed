import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { importOf } from './testing.ts';

async function gatewayOf(t: TestContext, services: string[]) {
  const text = `name: x\nservices:\n${services.map((line) => `  ${line}\n`).join('')}`;
  const { texts, rows } = await importOf(t, { 'compose.yaml': text });
  const { gateway } = parse(texts['stacks/x.yaml'] ?? '') as { gateway: { routes: object[] } };
  return { gateway, rows };
}

const search = 'search: { image: acme/search:1, ports: ["9200:9200"] }';
const pipeline = 'pipeline: { image: acme/pipeline:1, ports: ["9600:9600"], depends_on: [search] }';

test('all paths lead to the public service on which no other one depends', async (t) => {
  const viewer = 'viewer: { image: acme/viewer:1, ports: ["5601:5601"], depends_on: [search] }';
  const { gateway, rows } = await gatewayOf(t, [search, viewer, pipeline]);
  assert.deepEqual(gateway, {
    routes: [
      { path: '/search/*', to: 'search', stripPrefix: true },
      { path: '/pipeline/*', to: 'pipeline', stripPrefix: true },
      { path: '/*', to: 'viewer' },
    ],
  });
  const [row, ...more] = rows.filter(({ to, outcome }) => to === 'gateway.routes' && outcome === 'defaulted');
  assert.deepEqual([row?.line, more], [4, []]);
  assert.match(
    row?.why ?? '',
    /^all paths lead to viewer: another public service depends on search, and none on it$/,
  );
});

test('a service of which others have the address in the system is not the one with all paths', async (t) => {
  const api = (variables: string) =>
    `api: { image: acme/api:1, ports: ["3000:3000"], environment: { ${variables} } }`;
  const shop = (variables: string) =>
    `shop: { image: acme/shop:1, ports: ["4000:4000"], environment: { ${variables} } }`;
  const toAll = async (services: string[]) =>
    (await gatewayOf(t, services)).gateway.routes.filter((route) => 'path' in route && route.path === '/*');
  assert.deepEqual(await toAll([api(''), shop('API: "http://api:3000"')]), [{ path: '/*', to: 'shop' }]);
  // What a browser gets is no dependency.
  assert.deepEqual(await toAll([api(''), shop('API: "http://localhost:3000"')]), [{ path: '/*', to: 'api' }]);
  const both = [api('SHOP: "http://shop:4000"'), shop('API: "http://api:3000"')];
  assert.deepEqual(await toAll(both), [{ path: '/*', to: 'api' }]);
});

test('a service with the name of a site has all paths, among several the one that the others do not need', async (t) => {
  const app = 'app: { image: acme/app:1, ports: ["3000:3000"] }';
  const web = 'web: { image: acme/web:1, ports: ["8000:8000"], depends_on: [app] }';
  const kibana = 'kibana: { image: acme/kibana:1, ports: ["5601:5601"], depends_on: [search] }';
  for (const [services, name] of [
    [[app, web], 'web'],
    [[search, pipeline, kibana], 'kibana'],
  ] as const) {
    const { gateway } = await gatewayOf(t, [...services]);
    assert.deepEqual(gateway.routes.at(-1), { path: '/*', to: name });
  }
});
