import assert from 'node:assert/strict';
import { test } from 'vitest';
import { parse } from 'yaml';
import { importOf, servicesOf } from '../testing.ts';

const base = `
name: shop
services:
  web:
    image: acme/web:1
    command: [serve, --all]
    environment: ["LEVEL=info", "MODE=a"]
    ports: ["8080:8080"]
    volumes: ["data:/data", "/cache"]
    depends_on: [api]
    stop_signal: SIGINT
  api:
    image: acme/api:1
    ports: ["4000:4000"]
    environment: { KEPT: "1", GONE: "2" }
    healthcheck: { test: [CMD, check], start_period: 90s }
volumes: { data: {} }
`;

const override = `
services:
  web:
    command: [serve]
    environment: { MODE: b, MORE: c }
    ports: ["8080:8080"]
    volumes: ["other:/data"]
    depends_on: { api: { condition: service_healthy } }
    stop_signal: !reset null
  api:
    ports: !override
      - "5000:5000"
    environment: { GONE: !reset null }
  mail: { image: "acme/mail:1" }
`;

test('an override file is merged as Compose merges it, and what it replaces is reported', async (t) => {
  const { texts, lines, ignored } = await importOf(t, {
    'package.json': '{ "name": "x" }',
    ...{ 'compose.yaml': base, 'compose.override.yaml': override },
  });
  assert.deepEqual(ignored, []);
  const services = servicesOf(texts, 'shop');
  assert.deepEqual(services, {
    web: {
      ...{ image: 'acme/web:1', command: ['serve'], port: 8080, volume: { path: '/cache', size: '1Gi' } },
      volumes: { other: { path: '/data', size: '1Gi' } },
      variables: { LEVEL: 'info', MODE: 'b', MORE: 'c' },
      dependsOn: { api: 'ready' },
    },
    api: {
      ...{ image: 'acme/api:1', port: 5000, health: { command: ['check'], timeout: '90s' } },
      variables: { KEPT: '1' },
    },
    mail: { image: 'acme/mail:1' },
  });
  const text = lines.join('\n');
  assert.match(text, /compose\.yaml:6:\d+ defaulted services\.web\.command another file/);
  assert.match(text, /compose\.yaml:9:\d+ defaulted services\.web\.volumes\.0 another file/);
  assert.match(text, /compose\.yaml:14:\d+ defaulted services\.api\.ports another file/);
  assert.match(text, /compose\.override\.yaml:9:\d+ defaulted services\.web\.stop_signal/);
});

test('an override file can replace all services', async (t) => {
  const { texts, lines } = await importOf(t, {
    ...{ 'package.json': '{ "name": "x" }', 'compose.yaml': base },
    'compose.override.yaml': 'services: !override\n  web: { image: "acme/web:2" }\n',
  });
  const services = servicesOf(texts, 'shop');
  assert.deepEqual(services, { web: { image: 'acme/web:2' } });
  assert.match(lines.join('\n'), /compose\.yaml:3:\d+ defaulted services another file/);
});

test('a file that the user names is read alone, as `docker compose -f` does', async (t) => {
  const { texts } = await importOf(
    t,
    { 'compose.yaml': base, 'compose.override.yaml': override },
    undefined,
    'compose.yaml',
  );
  assert.match(Object.values(texts).join(), /--all/);
});

test('a service with a profile is in the overlay of that name, and in the base if .env enables the profile', async (t) => {
  const files = {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `
services:
  web: { image: "acme/web:1" }
  debug: { image: "acme/debug:1", profiles: [dev-tools] }
  seed: { image: "acme/seed:1", profiles: [ci, "Not A Name"] }
`,
  };
  const { texts, rows } = await importOf(t, files);
  const services = (name: string, all = texts) =>
    (parse(all[`stacks/${name}.yaml`] ?? '{}') as { services?: object }).services;
  assert.deepEqual(services('shop'), { web: { image: 'acme/web:1' } });
  assert.deepEqual(services('shop.dev-tools'), { debug: { image: 'acme/debug:1' } });
  assert.deepEqual(services('shop.ci'), { seed: { image: 'acme/seed:1' } });
  assert.deepEqual(services('shop.not-a-name'), { seed: { image: 'acme/seed:1' } });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
  const enabled = await importOf(t, { ...files, '.env': 'COMPOSE_PROFILES=ci,dev-tools\n' });
  assert.deepEqual(Object.keys(services('shop', enabled.texts) ?? {}), ['web', 'debug', 'seed']);
});

test('a profile whose name is none of an environment has an overlay of its own, and its services are not in the base', async (t) => {
  const { changes, texts, rows } = await importOf(t, {
    'compose.yaml': `
name: shop
services:
  web: { image: "acme/web:1" }
  load_test: { image: "acme/load:1", profiles: [load_test] }
  other: { image: "acme/other:1", profiles: [load-test, pr] }
`,
  });
  const paths = ['shop', 'shop.load-test-2', 'shop.load-test', 'shop.pr-2'].map(
    (name) => `stacks/${name}.yaml`,
  );
  assert.deepEqual(
    changes.map(({ path }) => path),
    paths,
  );
  const { services } = parse(texts['stacks/shop.yaml'] ?? '') as { services: object };
  assert.deepEqual(Object.keys(services), ['web']);
  assert.deepEqual(
    rows.filter(({ field }) => field.includes('profiles')).map(({ to, why }) => [to, why]),
    [
      ['services.load-test in the overlay load-test-2', '"load_test" is no name of an environment'],
      ['services.other in the overlay load-test', undefined],
      ['services.other in the overlay pr-2', '"pr" is no name of an environment'],
    ],
  );
});

test('included files belong to the system, with paths and variables of their own folder', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `
include:
  - data/compose.yaml
  - path: [apps/compose.yaml, apps/more.yaml]
    env_file: apps/own.env
  - oci://registry.example.com/other:1
services:
  web: { image: "acme/web:1", environment: { API: "http://api:4000" } }
`,
    'data/compose.yaml': 'services:\n  db: { image: "postgres:16" }\n',
    'apps/compose.yaml': `
services:
  api: { build: ./api, ports: ["4000:4000"], environment: { LEVEL: "\${LEVEL}", DB: "\${DB:-db:5432}" } }
`,
    'apps/more.yaml': 'services:\n  api: { environment: { EXTRA: "1" } }\n',
    'apps/own.env': 'LEVEL=debug\n',
    'apps/api/Dockerfile': 'FROM node:24\n',
  });
  const { services, variables } = parse(texts['stacks/shop.yaml'] ?? '') as Record<string, object>;
  assert.deepEqual(services, {
    db: { type: 'postgres', version: '16' },
    api: {
      ...{ source: 'apps/api', dockerfile: 'Dockerfile', port: 4000 },
      variables: { LEVEL: '${{shared.LEVEL}}', DB: '${{shared.DB}}', EXTRA: '1' },
    },
    web: { image: 'acme/web:1', variables: { API: '${{api.URL}}' } },
  });
  assert.deepEqual(variables, { LEVEL: 'debug', DB: '${{db.HOST}}:${{db.PORT}}' });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field),
    ['include.2'],
  );
});

test('a file that two files include is read once', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    'compose.yaml': 'include: [a.yaml, b.yaml, base.yaml]\nservices:\n  web: { image: "acme/web:1" }\n',
    ...{ 'a.yaml': 'include: [base.yaml]\n', 'b.yaml': 'include:\n  - path: ./base.yaml\n' },
    'base.yaml': 'services:\n  api: { image: "acme/api:1" }\n',
  });
  assert.deepEqual(Object.keys(servicesOf(texts, 'shop')), ['api', 'web']);
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
  assert.equal(rows.filter(({ file, field }) => file === 'base.yaml' && field !== '').length, 1);
});
