import assert from 'node:assert/strict';
import { test } from 'vitest';
import { configSecret } from '../plan/hole.ts';
import { type TestSide } from './testing.ts';
import { before, causesOf, changeOf, edited, text } from './testing-shop.ts';

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

test('a change that nothing explains is said to be so', () => {
  assert.deepEqual(causesOf(before, 'api'), [{ kind: 'unexplained', resources: ['Service api'] }]);
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
    values: { db: { DATABASE_URL: configSecret('DB') } },
    fingerprints: { 'secret.DB': fingerprint },
  });
  assert.deepEqual(causesOf(external('b'), 'api', external('a')), [
    { kind: 'secret', name: 'DB', variables: ['URL'] },
  ]);
});

test('a change of the whole stack is a cause in addition to those of the service', () => {
  const both = { text: `${edited('replicas: 2', 'replicas: 3').text}images: { node: "node:24" }\n` };
  assert.deepEqual(
    causesOf(both, 'api').map((cause) => cause.kind === 'field' && cause.path),
    ['replicas', 'images.node'],
  );
});

test('a secret in the credentials of a registry, and the image of a service, are causes of the environment', () => {
  const side = (fingerprint: string, tag: string): TestSide => ({
    text: `name: shop
services:
  worker: { image: "acme/worker:${tag}" }
imagePullSecrets: [{ registry: ghcr.io, username: bot, password: "\${{secret.PULL}}" }]
`,
    fingerprints: { 'secret.PULL': fingerprint },
  });
  assert.deepEqual(causesOf(side('b', '1'), 'environment', side('a', '1')), [
    { kind: 'secret', name: 'PULL', variables: [] },
  ]);
  const place = { file: 'stacks/test.yaml', line: 3 };
  const [image] = causesOf(side('a', '2'), 'environment', side('a', '1'));
  const sides = { before: 'acme/worker:1', after: 'acme/worker:2' };
  assert.deepEqual(image, { kind: 'field', path: 'services.worker.image', ...sides, place });
  const both = causesOf(side('b', '2'), 'environment', side('a', '1'));
  assert.deepEqual(both, [{ kind: 'secret', name: 'PULL', variables: [] }, image]);
});
