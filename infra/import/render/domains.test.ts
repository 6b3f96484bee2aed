import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf } from '../testing.ts';

test('each domain becomes a route of its host, and other public services are below the gateway', async (t) => {
  const web = (name: string, more = '') =>
    `  - { type: web, name: ${name}, runtime: image, image: { url: "acme/${name}:1" }${more} }\n`;
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'render.yaml': `services:\n${web('www')}${web('shop', ', domains: [shop.example.com, store.example.com]')}${web('docs')}`,
  });
  const { gateway } = parse(texts['stacks/shop.yaml'] ?? '') as { gateway: { routes: object[] } };
  assert.deepEqual(gateway.routes, [
    { path: '/docs/*', stripPrefix: true, to: 'docs' },
    { path: '/*', to: 'www' },
    { host: 'shop.example.com', path: '/*', to: 'shop' },
    { host: 'store.example.com', path: '/*', to: 'shop' },
  ]);
  const domains = rows.filter(({ field }) => field.startsWith('services.1.domains'));
  assert.deepEqual(
    domains.map(({ outcome }) => outcome),
    domains.map(() => 'mapped'),
  );
  assert.ok(domains.length > 0);
});
