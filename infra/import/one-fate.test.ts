import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf } from './testing.ts';

const manifest = { 'package.json': '{ "name": "shop" }', Dockerfile: 'FROM node:24\n' };

test('a field whose value is used has no row that says that another line holds', async (t) => {
  const { lines } = await importOf(t, {
    ...manifest,
    ...{ 'own.Dockerfile': 'FROM node:24\n', 'main.js': '' },
    'compose.yaml': `x-common: &common
  restart: always
  unknown: 1
  labels: { a: b }
x-unused: { restart: always }
services:
  web:
    <<: *common
    labels: {}
    build: { context: ., dockerfile: own.Dockerfile }
    command: [serve]
    expose: [3000]
    ports: ["3000", "8080:3000"]
  worker:
    extends: { service: web }
    command: [work]
`,
  });
  const of = (field: string) => lines.filter((line) => line.split(' ')[2] === field);
  assert.match(of('services.web.build.context').join(), /^\S+ mapped \S+ → services\.\w+\.source/);
  assert.ok(!lines.some((line) => /build\.context another line/.test(line)), lines.join('\n'));
  assert.match(of('x-common.restart').join(), /defaulted .* a field of the services that use it$/);
  // `worker` extends `web`, so that both have the field of `web`.
  assert.deepEqual(
    of('services.web.restart').map((line) => line.replace(/→.*/, '→')),
    Array(2).fill('compose.yaml:2:3 mapped services.web.restart →'),
  );
  assert.match(of('services.web.unknown').join(), /cannot .* does not know/);
  assert.match(of('x-common.labels').join(), /defaulted .* no service has this part/);
  assert.match(of('x-unused').join(), /defaulted .* no service has this part/);
  assert.equal(of('services.web.command').length, 1);
  assert.match(of('services.web.command').join(), /mapped/);
});

const notMaps: Record<string, string> = {
  'compose.yaml': 'services:\n  web: { image: "acme/web:1" }\n  bad: 17\n',
  'railway.json': '{ "services": { "web": { "image": "acme/web:1" }, "bad": 17 } }',
  'render.yaml':
    'services:\n  - { type: web, name: web, runtime: image, image: { url: "acme/web:1" } }\n  - 17\n',
};

for (const [file, text] of Object.entries(notMaps)) {
  test(`a service of ${file} that is no map is reported as such`, async (t) => {
    const { lines } = await importOf(t, { ...manifest, [file]: text });
    const rows = lines.filter((line) => / services\.(bad|1)\b/.test(line));
    assert.deepEqual(
      rows.map((row) => row.replace(/^\S+ /, '')),
      [`cannot services.${file === 'render.yaml' ? '1' : 'bad'} a service is a map of its fields`],
    );
  });
}
