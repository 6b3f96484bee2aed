import { expect, test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

const shop = { 'package.json': '{ "name": "shop" }', 'web/Dockerfile': 'FROM node:24\n' };
const blueprint = (metrics: string, web: string) => `
services:
  - { type: pserv, name: metrics, runtime: image, image: { url: "acme/collector:1" }, envVars: [${metrics}] }
  - { type: web, name: web, runtime: docker, rootDir: web, envVars: [${web}] }
`;
const host = '{ key: METRICS_HOST, fromService: { type: pserv, name: metrics, property: host } }';

test('a private service with an image has no port that no file names, and the report says what to write', async (t) => {
  const { texts, rows } = await importOf(t, { ...shop, 'render.yaml': blueprint('', host) });
  expect(servicesOf(texts, 'shop')['metrics']).toEqual({ image: 'acme/collector:1' });
  const lost = rows.filter(({ outcome }) => outcome === 'cannot');
  expect(lost.map(({ field, why, next }) => [field, why, next])).toEqual([
    [
      'services.0.type',
      'no file says on which port metrics listens, and its image chooses it',
      'write the port as `services.metrics.port`, and the variables that refer to it',
    ],
    ['services.1.envVars', expect.stringContaining('"metrics" has no "port"'), expect.any(String)],
  ]);
});

test('a private service with an image has the port that a variable names', async (t) => {
  for (const [metrics, web] of [
    ['{ key: PORT, value: "8428" }', host],
    ['{ key: HTTP_PORT, value: "8428" }, { key: DB_PORT, value: "5432" }', host],
    ['{ key: COLLECTOR_PORT, value: "8428" }', host],
    ['{ key: METRICS_PORT, value: "8428" }', host],
    ['', '{ key: TARGET, value: "http://metrics:8428/x" }'],
  ] as const) {
    const { rows, texts } = await importOf(t, { ...shop, 'render.yaml': blueprint(metrics, web) });
    expect(servicesOf(texts, 'shop')['metrics']).toMatchObject({ port: 8428 });
    expect(rows.filter(({ outcome }) => outcome === 'cannot')).toEqual([]);
  }
});

test('a port that can be that of another server is not that of the service', async (t) => {
  for (const metrics of [
    '{ key: DB_PORT, value: "5432" }',
    '{ key: HTTP_PORT, value: "1" }, { key: WEB_PORT, value: "2" }',
  ]) {
    const { texts } = await importOf(t, { ...shop, 'render.yaml': blueprint(metrics, '') });
    expect(servicesOf(texts, 'shop')['metrics']).not.toHaveProperty('port');
  }
});

test('the public address of a service has the scheme of the gateway', async (t) => {
  const variable = (key: string) =>
    `{ key: ${key}, fromService: { type: web, name: web, envVarKey: RENDER_EXTERNAL_${key} } }`;
  const { texts, rows } = await importOf(t, {
    ...shop,
    'render.yaml': blueprint('{ key: PORT, value: "8428" }', ['URL', 'HOSTNAME'].map(variable).join(', ')),
  });
  expect(servicesOf(texts, 'shop')['web']).toMatchObject({
    variables: { URL: '${{web.PUBLIC_URL}}', HOSTNAME: '${{web.PUBLIC_DOMAIN}}' },
  });
  expect(rows.filter(({ outcome }) => outcome === 'cannot')).toEqual([]);
});
