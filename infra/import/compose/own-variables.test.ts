import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

const files = {
  'package.json': '{ "name": "shop" }',
  'compose.yaml': 'services:\n  app: { image: "acme/app:1" }\n',
  'compose.prod.yaml': 'services:\n  app: { scale: 2 }\n',
  'compose.override.yaml': 'services:\n  app: { scale: 9 }\n',
};

const ofEnv = (rows: { file: string; field: string; outcome: string; why?: string }[]) =>
  rows.filter(({ file }) => file === '.env').map(({ field, outcome, why }) => `${field} ${outcome}: ${why}`);

for (const [form, env] of Object.entries({
  'with the separator of paths': 'COMPOSE_FILE=compose.yaml:compose.prod.yaml\n',
  'with a separator of its own': 'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=compose.yaml,./compose.prod.yaml\n',
})) {
  test(`the files of COMPOSE_FILE ${form} are merged, and no override is`, async (t) => {
    const { texts, rows, ignored } = await importOf(t, { ...files, '.env': env });
    assert.deepEqual(servicesOf(texts, 'shop'), { app: { image: 'acme/app:1', replicas: 2 } });
    assert.deepEqual(ignored, ['compose.override.yaml']);
    assert.equal(ofEnv(rows).at(-1), 'COMPOSE_FILE defaulted: import reads these files, as Compose does');
  });
}

test('a file that COMPOSE_FILE names and that is not there has a row', async (t) => {
  const env = 'COMPOSE_FILE=compose.yaml:../other.yaml\n';
  const { texts, rows } = await importOf(t, { ...files, '.env': env });
  assert.deepEqual(servicesOf(texts, 'shop'), { app: { image: 'acme/app:1' } });
  assert.deepEqual(ofEnv(rows), ['COMPOSE_FILE cannot: ../other.yaml cannot be read here']);
});

test('a file that the command names takes the place of those of COMPOSE_FILE', async (t) => {
  const env = 'COMPOSE_FILE=compose.yaml:compose.prod.yaml\n';
  const { texts, rows } = await importOf(t, { ...files, '.env': env }, undefined, 'compose.yaml');
  assert.match(Object.values(texts).join(), /acme\/app:1/);
  assert.doesNotMatch(Object.values(texts).join(), /replicas/);
  assert.match(ofEnv(rows).join(), /^COMPOSE_FILE defaulted: the file that the command names/);
});

test('COMPOSE_FILE names a file in another folder: its variables come from both .env files, first from that of the folder', async (t) => {
  const { texts, rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    '.env': 'COMPOSE_FILE=deploy/app.yaml\nTAG=1\nCOPIES=2\n',
    'deploy/.env': 'COPIES=3\n',
    'deploy/app.yaml': 'services:\n  app: { image: "acme/app:$TAG", scale: $COPIES }\n',
  });
  assert.deepEqual(servicesOf(texts, 'shop'), { app: { image: 'acme/app:1', replicas: 3 } });
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'cannot'),
    [],
  );
});

test('variables that Compose itself reads are not reported as unused', async (t) => {
  const { rows } = await importOf(t, {
    'package.json': '{ "name": "shop" }',
    '.env': 'COMPOSE_PROFILES=full\nCOMPOSE_PARALLEL_LIMIT=2\nUNUSED=1\n',
    'compose.yaml':
      'services:\n  web: { image: "acme/web:1" }\n  worker: { image: "acme/worker:1", profiles: [full] }\n',
  });
  assert.deepEqual(ofEnv(rows), [
    'COMPOSE_PROFILES defaulted: the stack file has the services of these profiles',
    'COMPOSE_PARALLEL_LIMIT defaulted: it configures Compose itself',
    'UNUSED defaulted: no service refers to it',
  ]);
});
