import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Cause, ServiceChange } from './model.ts';
import { compare } from './compare.ts';
import { compareSides, sidesOf, type TestSide } from './testing.ts';

const text = `name: shop
variables:
  LOG_LEVEL: info
services:
  redis: { type: redis, version: '7', storage: 1Gi }
  api:
    source: infra/graph
    start: ./run
    port: 3001
    preDeploy: ./migrate
    replicas: 2
    health: { path: /health, ready: /ready, timeout: 60s }
    variables:
      LOG_LEVEL: \${{shared.LOG_LEVEL}}
      CACHE: \${{redis.REDIS_URL}}
      TOKEN: \${{secret.TOKEN}}
  web:
    source: infra/graph
    start: ./run
    port: 3000
    variables:
      API_URL: \${{api.URL}}
      LEVEL: \${{api.LOG_LEVEL}}
gateway:
  routes:
    - { path: /*, to: web, rateLimit: { requests: 10, period: 10s } }
`;
const before: TestSide = { text };

function changeOf(after: TestSide, service: string, from: TestSide = before): ServiceChange {
  const [change] = compareSides(from, after, { [service]: 'update' }).services;
  assert.equal(change?.service, service);
  return change;
}

function causesOf(after: TestSide, service: string, from?: TestSide): Cause[] {
  return changeOf(after, service, from).causes;
}

function edited(from: string, to: string): TestSide {
  assert.ok(text.includes(from));
  return { text: text.replace(from, to) };
}

test('a field is a cause with its values and its line', () => {
  const place = { file: 'stacks/test.yaml', line: 11 };
  assert.deepEqual(causesOf(edited('replicas: 2', 'replicas: 3'), 'api'), [
    { kind: 'field', path: 'replicas', before: '2', after: '3', place },
  ]);
  assert.deepEqual(
    causesOf(
      edited('replicas: 2', 'replicas: { min: 2, max: 4, cpu: 50 }\n    resources: { cpu: 1 }'),
      'api',
    ),
    [
      { kind: 'field', path: 'replicas.max', before: '2', after: '4', place },
      { kind: 'field', path: 'replicas.cpu', after: '50', place },
      { kind: 'field', path: 'resources.cpu', after: '1', place: { ...place, line: 12 } },
    ],
  );
});

test('a variable is traced through references to the line that changed', () => {
  const level = edited('LOG_LEVEL: info', 'LOG_LEVEL: debug');
  const place = { file: 'stacks/test.yaml', line: 3 };
  assert.deepEqual(causesOf(level, 'api'), [
    { kind: 'variable', name: 'LOG_LEVEL', via: ['shared.LOG_LEVEL'], place },
  ]);
  assert.deepEqual(causesOf(level, 'web'), [
    { kind: 'variable', name: 'LEVEL', via: ['api.LOG_LEVEL', 'shared.LOG_LEVEL'], place },
  ]);
  assert.deepEqual(changeOf(level, 'web').values, [{ name: 'LEVEL', before: 'info', after: 'debug' }]);
});

test('a variable of another service is traced to the field that provides it', () => {
  assert.deepEqual(causesOf(edited('port: 3001', 'port: 3002'), 'web'), [
    { kind: 'variable', name: 'API_URL', via: ['api.URL'], place: { file: 'stacks/test.yaml', line: 9 } },
  ]);
});

test('a removed variable has the place of the former file', () => {
  const [cause] = causesOf(edited('      LEVEL: ${{api.LOG_LEVEL}}\n', ''), 'web');
  assert.deepEqual(cause, {
    kind: 'variable',
    name: 'LEVEL',
    via: [],
    place: { file: 'stacks/test.yaml', line: 23 },
  });
});

test('a secret is known by its fingerprint, and named with the variables that contain it', () => {
  const one = { text, fingerprints: { 'secret.TOKEN': 'a' } };
  const other = { text, fingerprints: { 'secret.TOKEN': 'b' } };
  assert.deepEqual(causesOf(other, 'api', one), [{ kind: 'secret', name: 'TOKEN', variables: ['TOKEN'] }]);
  const reference = '${{secret.TOKEN}}';
  assert.deepEqual(changeOf(other, 'api', one).values, [
    { name: 'TOKEN', before: reference, after: reference, secret: 'changed' },
  ]);
  assert.deepEqual(changeOf(one, 'api', one).values, []);
});

test('a literal that becomes a secret, or was one, is not shown', () => {
  const literal = edited('TOKEN: ${{secret.TOKEN}}', 'TOKEN: canary');
  const shown = (change: ServiceChange) => change.values.find(({ name }) => name === 'TOKEN');
  const reference = '${{secret.TOKEN}}';
  assert.deepEqual(shown(changeOf(before, 'api', literal)), {
    name: 'TOKEN',
    before: '(hidden)',
    after: reference,
    secret: 'added',
  });
  assert.deepEqual(shown(changeOf(literal, 'api')), {
    name: 'TOKEN',
    before: reference,
    after: '(hidden)',
    secret: 'removed',
  });
  assert.ok(!JSON.stringify(compareSides(literal, before, { api: 'update' })).includes('canary'));
});

test('an artifact is explained by its files, packages and settings', () => {
  const inputs = (level: number) => ({
    api: {
      files: {
        'services/api/a.ts': `a${level}`,
        'services/api/b.ts': 'b',
        [`services/api/new${level}.ts`]: 'n',
      },
      packages: {
        'node_modules/fastify': `5.12.${level} sha512-${level}`,
        'node_modules/pg': '8.0.0 sha512-x',
      },
      settings: `builder: esbuild 0.28.${level}\nplatform: node`,
    },
  });
  assert.deepEqual(causesOf({ text, inputs: inputs(2) }, 'api', { text, inputs: inputs(1) }), [
    {
      kind: 'files',
      folder: 'services/api',
      changed: ['services/api/a.ts'],
      added: ['services/api/new2.ts'],
      removed: ['services/api/new1.ts'],
    },
    { kind: 'package', name: 'fastify', before: '5.12.1', after: '5.12.2' },
    { kind: 'build', before: 'builder: esbuild 0.28.1', after: 'builder: esbuild 0.28.2' },
  ]);
});

test('preDeploy is a gate if the update runs it: for another artifact', () => {
  const side = (sha: string): TestSide => ({
    text,
    inputs: { api: { files: { 'services/api/a.ts': sha } } },
  });
  assert.deepEqual(changeOf(side('b'), 'api', side('a')).rollout?.gates, [
    'preDeploy: `./migrate`',
    '`/ready` within 60 s',
  ]);
});

test('a change that nothing explains is said to be so', () => {
  assert.deepEqual(causesOf(before, 'api'), [{ kind: 'unexplained', resources: ['Service api'] }]);
});

test('a new and a removed service are told from a change, and a new connection explains both ends', () => {
  const added = edited(
    'gateway:',
    '  cron:\n    source: infra/graph\n    start: ./run\n    port: 1\n    variables: { API: "${{api.URL}}" }\ngateway:',
  );
  const { services, network, same } = compareSides(before, added, { cron: 'create', api: 'update' });
  assert.deepEqual(
    services.map(({ service, change }) => [service, change]),
    [
      ['api', 'changed'],
      ['cron', 'new'],
    ],
  );
  const place = { file: 'stacks/test.yaml', line: 28 };
  assert.deepEqual(network, [{ change: 'added', from: 'cron', to: 'api', place }]);
  assert.deepEqual(services[0]?.causes, [{ kind: 'edge', change: 'added', from: 'cron', to: 'api', place }]);
  assert.equal(same, 2);
  const removed = compareSides(added, before, { cron: 'delete' });
  assert.equal(removed.services[0]?.change, 'removed');
  assert.equal(removed.services[0].rollout, undefined);
});

test('a share of connections is traced to the replicas that share them', () => {
  const side = (replicas: number, share: string): TestSide => ({
    text: `name: shop
services:
  db: { type: postgres, version: '17', storage: 1Gi }
  api:
    source: infra/graph
    start: ./run
    replicas: ${replicas}
    variables: { POOL: "\${{db.POOL_SIZE}}" }
`,
    values: { db: { POOL_SIZE: share } },
  });
  const place = { file: 'stacks/test.yaml', line: 7 };
  const [, pool] = causesOf(side(2, '25'), 'api', side(1, '50'));
  assert.deepEqual(pool, { kind: 'variable', name: 'POOL', via: ['db.POOL_SIZE'], place });
});

test('a job that is replaced does not replace its service', () => {
  const run = (type: string) =>
    compare({
      ...sidesOf(before, before),
      resources: [{ service: 'api', type, name: 'api', operation: 'replace', paths: [] }],
    }).services[0]?.change;
  assert.equal(run('test:index:Job'), 'changed');
  assert.equal(run('test:index:Volume'), 'replaced');
});

test('services are in the order in which they roll out, and only new versions restart replicas', () => {
  const level = edited('LOG_LEVEL: info', 'LOG_LEVEL: debug');
  const { services } = compareSides(before, level, { web: 'update', api: 'update' });
  assert.deepEqual(
    services.map(({ service, rollout }) => [service, rollout]),
    [
      ['api', { order: 1, restarts: true, gates: ['`/ready` within 60 s'], drain: 10 }],
      ['web', { order: 2, restarts: true, gates: ['ready for 5 s'], drain: 10 }],
    ],
  );
  assert.equal(changeOf(edited('replicas: 2', 'replicas: 3'), 'api').rollout?.restarts, false);
});

test('data that leave the system, and what makes a service public or less protected, are risks', () => {
  const risksOf = (after: TestSide, from = before) =>
    compareSides(from, after, {}).risks.map(({ kind, text }) => `${kind}: ${text}`);
  const withoutRedis = text.replace(/ {2}redis: .*\n/, '').replace(/ {6}CACHE: .*\n/, '');
  assert.deepEqual(risksOf({ text: withoutRedis }), [
    'data: The data of `redis` (redis 7) is removed from the system. It is kept until `down --data`.',
  ]);
  assert.deepEqual(risksOf(edited("version: '7'", "version: '8'")), [
    'data: redis 8 opens the data of `redis` (redis 7). redis 7 may not be able to read it afterwards.',
  ]);
  const route = (line: string) => edited('  routes:\n', `  routes:\n    - ${line}\n`);
  assert.deepEqual(risksOf(route('{ path: /api/*, to: api }')), [
    'exposure: `api` becomes public at `/api/*`, without a token.',
  ]);
  assert.deepEqual(risksOf(route('{ path: /docs/*, to: web }')), [
    'exposure: The route `/docs/*` leads to `web`, without a token.',
  ]);
  const limit = ', rateLimit: { requests: 10, period: 10s }';
  assert.deepEqual(risksOf(edited(limit, '')), [
    'exposure: The route `/*` has no rate limit any more; before, it was 10 requests in 10 s.',
  ]);
  assert.deepEqual(risksOf(edited(limit, ', rateLimit: { requests: 20, period: 10s }')), [
    'exposure: The route `/*` allows 20 requests in 10 s; before, it was 10 requests in 10 s.',
  ]);
  assert.deepEqual(risksOf(edited(limit, ', rateLimit: { requests: 9, period: 10s }')), []);
  const auth = (issuer: string) =>
    route(
      `{ path: /private/*, to: web, auth: { jwks: "https://${issuer}/keys", issuer: "${issuer}", audience: a } }`,
    );
  assert.deepEqual(risksOf(auth('two.example'), auth('one.example')), [
    'exposure: The route `/private/*` accepts the tokens of another issuer.',
  ]);
  assert.deepEqual(risksOf(edited('replicas: 2', 'replicas: 2\n    egress: [{ to: internet }]')), [
    'exposure: `api` may connect to internet, outside of the system.',
  ]);
  const origins = (list: string) => ({ text: `${text}  cors: { origins: [${list}] }\n` });
  const [one, two] = ['"https://one.example"', '"https://two.example"'];
  assert.deepEqual(risksOf(origins(`${one}, ${two}`), origins(one)), [
    'exposure: Pages of https://two.example may call the gateway.',
  ]);
  assert.deepEqual(risksOf(origins(one), origins(`${one}, ${two}`)), []);
  const headers = { text: `${text}  trustedHeaders: [X-Tenant]\n` };
  assert.deepEqual(risksOf(before, headers), ['exposure: Clients can set the header x-tenant.']);
  assert.deepEqual(risksOf(edited('replicas: 2', 'replicas: 3')), []);
});

test('a weaker policy is a risk', () => {
  const stage = (name: string) => ({ text: `${text}policy: { stage: ${name} }\n` });
  assert.deepEqual(
    compareSides(stage('production'), stage('development'), {}).risks.map(({ text }) => text),
    ['The policy of the environment changes: `policy.stage` from production to development.'],
  );
});

test('literals beside a secret are hidden if other secrets are in the value', () => {
  const side = (value: string) => edited('TOKEN: ${{secret.TOKEN}}', `TOKEN: ${value}`);
  const [change] = changeOf(
    side('a:${{secret.PASS}}@${{secret.TOKEN}}'),
    'api',
    side('a:canary@${{secret.TOKEN}}'),
  ).values;
  assert.ok(!JSON.stringify(change).includes('canary'));
  assert.deepEqual(change?.before, '${{secret.TOKEN}}');
});

test('a secret in the address of an external server is traced', () => {
  const external = (fingerprint: string): TestSide => ({
    text: `name: shop
services:
  db: { type: postgres, version: '17', external: { url: "\${{secret.DB}}" } }
  api:
    source: infra/graph
    start: ./run
    variables: { URL: "\${{db.DATABASE_URL}}" }
`,
    values: { db: { DATABASE_URL: '${{secret.DB}}' } },
    fingerprints: { 'secret.DB': fingerprint },
  });
  assert.deepEqual(causesOf(external('b'), 'api', external('a')), [
    { kind: 'secret', name: 'DB', variables: ['URL'] },
  ]);
});

test('what changes for the whole stack is a cause beside those of the service', () => {
  const both = { text: `${edited('replicas: 2', 'replicas: 3').text}images: { node: "node:24" }\n` };
  assert.deepEqual(
    causesOf(both, 'api').map((cause) => cause.kind === 'field' && cause.path),
    ['replicas', 'images.node'],
  );
});

test('a change of size is text on both sides', () => {
  assert.deepEqual(changeOf(edited('replicas: 2', 'replicas: 3'), 'api').size, {
    replicas: { before: '2', after: '3' },
  });
});

test('migrations are pending if preDeploy runs, with those of the record that changed', () => {
  const side = (code: string, ...migrations: [string, string][]): TestSide => ({
    text,
    inputs: { api: { files: { 'src/main.ts': code }, migrations } },
  });
  const from = side('old', ['1.sql', 'a'], ['2.sql', 'b']);
  const after = side('new', ['1.sql', 'changed'], ['2.sql', 'b'], ['3.down.sql', 'd'], ['3.sql', 'c']);
  assert.deepEqual(changeOf(after, 'api', from).migrations, {
    command: ['./migrate'],
    known: true,
    pending: [{ file: '3.sql', reversible: true }],
    edited: ['1.sql'],
    late: [],
  });
  assert.deepEqual(changeOf(side('new'), 'api', side('old')).migrations?.known, true);
  const unlisted = (code: string): TestSide => ({
    text,
    inputs: { api: { files: { 'src/main.ts': code } } },
  });
  assert.equal(changeOf(unlisted('new'), 'api', unlisted('old')).migrations?.known, false);
});

test('preDeploy runs for a new artifact or command, and not for another size', () => {
  const migrations = (after: TestSide) => changeOf(after, 'api').migrations;
  assert.equal(migrations(edited('replicas: 2', 'replicas: 3')), undefined);
  assert.deepEqual(migrations(edited('./migrate', './migrate --all'))?.command, ['./migrate --all']);
  assert.equal(migrations(edited('    preDeploy: ./migrate\n', '')), undefined);
});

test('the graph has the gateway, and what happens to each connection', () => {
  const routed = edited('  routes:\n', '  routes:\n    - { path: /api/*, to: api }\n');
  const { graph } = compareSides(before, routed, { gateway: 'update' });
  assert.deepEqual(
    graph.services.map(({ name, form, change }) => `${name} ${form} ${change}`),
    ['gateway gateway changed', 'redis data same', 'api code same', 'web code same'],
  );
  assert.deepEqual(graph.edges.map(({ from, to, change }) => `${from} ${to} ${change}`).toSorted(), [
    'api redis same',
    'gateway api added',
    'gateway web same',
    'web api same',
  ]);
});

test('a new environment and a new gateway are added, without the values of their fields', () => {
  const { services } = compare({
    ...sidesOf(before, before),
    before: undefined,
    resources: [undefined, 'gateway'].map((service) => ({
      service,
      type: 'test:index:Namespace',
      name: 'n',
      operation: 'create',
      paths: [],
    })),
  });
  assert.deepEqual(
    services.map(({ service, change, causes }) => [service, change, causes.map(({ kind }) => kind)]),
    [
      ['environment', 'new', ['service']],
      ['gateway', 'new', ['service']],
    ],
  );
});
