import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readRecord } from './record.ts';

/** A record as the first version with records wrote it. It must stay readable: change the reader, not this text. */
const first = {
  railhead: '0.1.0',
  environment: 'dev',
  target: 'process',
  stackFile: 'stacks/shop.yaml',
  declared: { 'services.api.replicas.min': '2', 'services.api.replicas.max': '2' },
  services: {
    api: {
      form: 'code',
      dependsOn: ['redis'],
      variables: {
        'variables.URL': { text: '${{redis.URL}}', references: ['redis.URL'], value: 'redis://a' },
      },
      artifact: { hash: 'ab', folder: 'services/api', files: { 'a.ts': '12' }, packages: [], settings: 'x' },
      migrations: [['1.sql', '34']],
    },
    redis: { form: 'data', dependsOn: [], variables: {} },
  },
  shared: {},
  provided: { 'redis.URL': 'redis://a' },
  programs: { gateway: 'cd' },
  packages: {},
  fingerprints: { 'secret.TOKEN': 'ef' },
};

test('the record of an older version is read', () => {
  assert.deepEqual(readRecord({ snapshot: first, commit: { hash: 'ab', subject: 'c' } }), {
    snapshot: first,
    hash: undefined,
    commit: { hash: 'ab', subject: 'c' },
  });
});

test('a commit is recorded with its uncommitted changes', () => {
  const commit = { hash: 'ab', subject: 'c', dirty: true };
  assert.deepEqual(readRecord({ snapshot: first, commit }).commit, commit);
});

test('the record of a newer version is read without the fields that this version does not know', () => {
  const { snapshot } = readRecord({ snapshot: withLaterFields(first) });
  assert.deepEqual(snapshot, first);
});

test('a record in another form is not read, and is no error', () => {
  for (const snapshot of [undefined, null, 'x', {}, { ...first, services: [] }]) {
    assert.equal(readRecord({ snapshot }).snapshot, undefined);
  }
  assert.equal(readRecord(undefined).snapshot, undefined);
});

/** Adds a field to every object with fixed fields. */
function withLaterFields({ services, ...rest }: typeof first): unknown {
  const { api, redis } = services;
  const later = { later: { deep: true } };
  return {
    ...rest,
    ...later,
    services: {
      api: {
        ...api,
        ...later,
        artifact: { ...api.artifact, ...later },
        variables: { 'variables.URL': { ...api.variables['variables.URL'], ...later } },
      },
      redis: { ...redis, ...later },
    },
  };
}
