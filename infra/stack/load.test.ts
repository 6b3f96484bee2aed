import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from './load.ts';
import { scratch } from './scratch.ts';

test('fills in defaults and normalizes every value', (t) => {
  const folder = scratch(t, {
    'a.yaml': `name: x
services:
  api:
    source: services/api
    port: 3001
    preDeploy: [first, second]
    replicas: 3
    resources: { cpu: 500m, memory: 1.5Gi, requests: { cpu: 0.25 } }
    health: { path: /health, timeout: 2m }
  job: { image: "ghcr.io/acme/job@sha256:0a1b", cron: "*/5 * * * MON-FRI", drain: 30 }
  web: { source: web, preDeploy: { command: migrate, migrations: sql/*.sql } }
  db: { type: postgres, version: 17 }
gateway:
  routes: [{ path: /*, to: api }]
  rateLimit: { requests: 100, period: 60s }
pricing: { currency: EUR, cpuHour: 3, memoryGiBHour: 0.5, storageGiBMonth: 0 }
`,
  });
  const { stack, findings } = loadStack(join(folder, 'a.yaml'));
  assert.deepEqual(findings, []);
  const restart = { policy: 'on-failure', maxRetries: 10 };
  const size = { bytes: 2 ** 30, text: '1Gi' };
  assert.deepEqual(stack, {
    name: 'x',
    variables: {},
    volumes: {},
    services: {
      api: {
        kind: 'source',
        source: 'services/api',
        port: 3001,
        preDeploy: { command: ['first', 'second'], variables: {} },
        replicas: { min: 3, max: 3 },
        resources: { cpu: 0.5, memory: { bytes: 1.5 * 2 ** 30, text: '1.5Gi' }, requests: { cpu: 0.25 } },
        health: { path: '/health', ready: '/health', timeout: 120 },
        restart,
        drain: 10,
        variables: {},
        egress: [],
        buildVariables: [],
      },
      job: {
        kind: 'image',
        image: 'ghcr.io/acme/job@sha256:0a1b',
        cron: '*/5 * * * MON-FRI',
        replicas: { min: 1, max: 1 },
        restart,
        drain: 30,
        variables: {},
        egress: [],
      },
      web: {
        kind: 'source',
        source: 'web',
        preDeploy: { command: ['migrate'], variables: {}, migrations: 'sql/*.sql' },
        replicas: { min: 1, max: 1 },
        restart,
        drain: 10,
        variables: {},
        egress: [],
        buildVariables: [],
      },
      db: { kind: 'postgres', version: '17', storage: size, port: 5432 },
    },
    pricing: { currency: 'EUR', cpuHour: 3, memoryGiBHour: 0.5, storageGiBMonth: 0 },
    gateway: {
      provider: 'workerd',
      port: 8080,
      hosts: [],
      routes: [{ path: '/*', to: 'api' }],
      trustedHeaders: [],
      rateLimit: { requests: 100, period: 60 },
      cors: { origins: [] },
    },
    images: { node: 'node:24-slim' },
    imagePullSecrets: [],
    observability: false,
    policy: { waivers: [] },
  });
});

test('merges overlays and keeps the file of each value', (t) => {
  const folder = scratch(t, {
    'base.yaml': `name: x
services:
  api: { source: app, port: 1, resources: { cpu: 1, memory: 1Gi }, preDeploy: [a, b] }
  old: { source: app }
`,
    'envs/middle.yaml': `extends: ../base.yaml
services:
  api: { replicas: 2, resources: { cpu: 2 }, preDeploy: [c] }
  old: null
`,
    'top.yaml': `extends: envs/middle.yaml
services:
  api: { port: 5, resources: { memory: null } }
  new: { source: app, variables: { A: 1 } }
`,
  });
  const loaded = loadStack(join(folder, 'top.yaml'));
  assert.deepEqual(Object.keys(loaded.stack.services), ['api', 'new']);
  const { api } = loaded.stack.services;
  assert.partialDeepStrictEqual(api, { port: 5, replicas: { min: 2 }, resources: { cpu: 2 } });
  assert.ok(api?.kind === 'source');
  assert.deepEqual(api.preDeploy?.command, ['c']);
  assert.deepEqual(api.resources, { cpu: 2 });

  const placeOf = (path: string) => {
    const [problem] = loaded.place([{ path: path.split('.'), message: '' }]);
    return `${problem?.file.slice(folder.length + 1)}:${problem?.line}:${problem?.column}`;
  };
  assert.equal(placeOf('services.api.port'), 'top.yaml:3:16');
  assert.equal(placeOf('services.api.replicas'), 'envs/middle.yaml:3:20');
  assert.equal(placeOf('services.api.source'), 'base.yaml:3:18');
  assert.equal(placeOf('services.api.resources.cpu'), 'envs/middle.yaml:3:41');
  assert.equal(placeOf('name'), 'base.yaml:1:7');
});

test('finds the folder to which sources are relative', (t) => {
  const text = 'name: x\nservices: { web: { source: app } }\n';
  const folder = scratch(t, { 'stacks/a.yaml': text, 'stacks/examples/b.yaml': text, 'lone.yaml': text });
  for (const file of ['stacks/a.yaml', 'stacks/examples/b.yaml', 'lone.yaml']) {
    assert.equal(loadStack(join(folder, file)).root, folder);
  }
});

test('accepts anchors and aliases', (t) => {
  const folder = scratch(t, {
    'a.yaml': `name: x
services:
  a: { source: app, health: &health { path: /h, timeout: 5s }, variables: &shared { A: 010 } }
  b: { source: app, health: *health, variables: *shared }
`,
  });
  const { a, b } = loadStack(join(folder, 'a.yaml')).stack.services;
  assert.deepEqual(a, b);
  assert.deepEqual(b && 'variables' in b && b.variables, { A: '010' });
});

test('accepts merge keys and keeps the place of each value', (t) => {
  const folder = scratch(t, {
    'a.yaml': `name: x
services:
  a: &a { source: app, port: 1, resources: { cpu: "0.5" } }
  b: { port: 2, <<: *a, drain: 3s }
  c:
    <<: [{ port: 3, resources: { cpu: "250m" } }, *a]
    variables: { "<<": text }
`,
  });
  const loaded = loadStack(join(folder, 'a.yaml'));
  assert.deepEqual(
    loaded.findings.map(({ message }) => message),
    ['"<<" is not a variable name: letters, digits, "_", "." and "-", starting with a letter or "_"'],
  );
  const { b, c } = loaded.stack.services;
  assert.partialDeepStrictEqual(b, { source: 'app', port: 2, resources: { cpu: 0.5 }, drain: 3 });
  assert.partialDeepStrictEqual(c, { source: 'app', port: 3, resources: { cpu: 0.25 } });
  const lineOf = (...path: string[]) => loaded.place([{ path, message: '' }]).at(-1)?.line;
  assert.deepEqual(
    [lineOf('services', 'b', 'port'), lineOf('services', 'b', 'source'), lineOf('services', 'c', 'port')],
    [4, 3, 6],
  );
});
