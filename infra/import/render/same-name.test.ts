import { expect, test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

test('a service with the name of another one is reported, and does not take its place', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'render.yaml': `
services:
  - { type: web, name: api, runtime: image, image: { url: "acme/a:1" } }
  - { type: worker, name: api, runtime: image, image: { url: "acme/b:1" } }
`,
  });
  expect(servicesOf(texts, 'shop')).toEqual({ api: { image: 'acme/a:1', port: 3000 } });
  const lost = rows.filter(({ outcome }) => outcome === 'cannot');
  expect(lost.map(({ field, why }) => [field, why])).toEqual([
    ['services.1', 'another service has the same name'],
  ]);
});
