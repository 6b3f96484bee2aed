import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compare } from './compare.ts';
import { compareSides, sidesOf, type TestSide } from './testing.ts';
import { before, changeOf, edited, text } from './testing-shop.ts';

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

test('a service on both sides is neither new nor removed, whatever happens to its resources', () => {
  const run = (service: string | undefined, operation: 'create' | 'delete', more = {}) => {
    const resources = [{ service, type: 'test:index:Rule', name: 'rule', operation, paths: [] }];
    return compare({ ...sidesOf(before, before), ...more, resources }).services[0]?.change;
  };
  for (const service of ['api', 'gateway', undefined]) {
    assert.equal(run(service, 'create'), 'changed', service);
    assert.equal(run(service, 'delete'), 'changed', service);
  }
  assert.deepEqual([run('old', 'create'), run('old', 'delete')], ['new', 'removed']);
  // Only its resources tell that a service is new if no record says what runs.
  assert.equal(run('api', 'create', { unrecorded: true }), 'new');
});

test('a service restarts on another target', () => {
  const sides = sidesOf(before, before);
  const { services } = compare({
    ...sides,
    before: { ...sides.before, target: 'other' },
    handover: () => undefined,
    resources: (['create', 'delete'] as const).map((operation) => ({
      ...{ service: 'web', type: `test:index:${operation}`, name: 'web', operation, paths: [] },
    })),
  });
  const rollout = { order: 1, restarts: true, gates: ['ready for 5 s'], drain: 10 };
  assert.deepEqual(
    services.map(({ change, rollout }) => [change, rollout]),
    [['changed', rollout]],
  );
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

test('services and the gateway are in the order in which they roll out', () => {
  const level = edited('LOG_LEVEL: info', 'LOG_LEVEL: debug');
  const { services } = compareSides(before, level, { gateway: 'update', web: 'update', api: 'update' });
  assert.deepEqual(
    services.map(({ service, rollout }) => [service, rollout]),
    [
      ['api', { order: 1, restarts: true, handover: 'together', gates: ['`/ready` within 60 s'], drain: 10 }],
      ['web', { order: 2, restarts: true, handover: 'together', gates: ['ready for 5 s'], drain: 10 }],
      ['gateway', { order: 3, restarts: true, handover: 'together', gates: [] }],
    ],
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
      ['gateway', 'new', ['service']],
      ['environment', 'new', ['service']],
    ],
  );
});

test('what belongs to no service has the place of the field that changes it', () => {
  const { services } = compare({
    ...sidesOf(before, edited('name: shop', 'name: store')),
    resources: [
      { service: undefined, type: 'test:index:Namespace', name: 'n', operation: 'replace', paths: [] },
    ],
  });
  const line = { file: 'stacks/test.yaml', line: 1 };
  assert.deepEqual(
    services.map(({ service, place, causes }) => [service, place, causes[0]?.kind]),
    [['environment', line, 'field']],
  );
});
