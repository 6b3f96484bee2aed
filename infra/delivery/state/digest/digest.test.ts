import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import type { Snapshot } from '../../../changes/snapshot.ts';
import type { Step } from '../steps.ts';
import { canonical } from './canonical.ts';
import { formatDigest, makeDigest, parseDigest } from './digest.ts';
import { stateHash } from './state-hash.ts';

const sealed = (plaintext: string) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  plaintext,
});
const key = {
  urn: 'urn:pulumi:dev::shop::railhead:generated:Password::fingerprint-key',
  type: 'railhead:generated:Password',
  inputs: {},
  outputs: { password: sealed('"k"') },
};
const pod = { urn: 'urn:pulumi:dev::shop::kubernetes:core/v1:Pod::api', type: 'kubernetes:core/v1:Pod' };
const service = {
  urn: 'urn:pulumi:dev::shop::railhead:process:Service::api',
  type: 'railhead:process:Service',
};

const snapshot: Snapshot = {
  ...{ railhead: '1.0.0', environment: 'dev', target: 'process', stackFile: 'stacks/shop.yaml' },
  ...{ declared: {}, services: {}, shared: {}, provided: {}, programs: {}, packages: {}, fingerprints: {} },
};

function create(type: string, name: string, inputs: Record<string, unknown>): Step {
  const urn = `urn:pulumi:dev::shop::${type}::${name}`;
  const after = { protect: false, retainOnDelete: false, inputs };
  return { urn, type, operation: 'create', paths: [], before: undefined, after, drifted: false };
}

test('the hash of a state covers inputs, protection and secrets, but no live status, commit or order', () => {
  const state = (inputs: object, more: object = {}) =>
    stateHash([key, { ...pod, inputs: { ...inputs }, outputs: {}, ...more }]);
  const before = state({ a: sealed('"x"') });
  assert.equal(state({ a: sealed('"x"') }, { outputs: { restarts: 4 }, modified: 'now' }), before);
  assert.notEqual(state({ a: sealed('"y"') }), before);
  assert.notEqual(state({ a: sealed('"x"') }, { protect: true }), before);
  assert.notEqual(state({ a: sealed('"x"') }, { id: '2' }), before);
  const own = (inputs: object) => ({ ...service, inputs: { ...inputs }, outputs: {} });
  const ready = own({ state: 'ready', commit: { hash: 'a' } });
  assert.equal(stateHash([key, ready]), stateHash([own({ state: 'stopped' }), key]));
});

test('plans of two checkouts are equal, without secrets and names that Pulumi chooses', () => {
  const local = [
    { text: '/a/shop', name: '<root>' },
    { text: '127.9.9.1', name: '<host>' },
  ];
  const url = ['http://127.9.9.1:1', '127.9.9.10', '127.9.9.1.5'];
  const inputs = { folder: 'file:///a/shop/x', url, name: 'api-4f2', __defaults: ['name'] };
  assert.deepEqual(canonical(inputs, local), {
    folder: 'file://<root>/x',
    url: ['http://<host>:1', '127.9.9.10', '127.9.9.1.5'],
    __defaults: ['name'],
  });
  assert.deepEqual(canonical({ a: sealed('"x"') }, local), canonical({ a: sealed('"y"') }, local));
});

test('the path of the project is no part of a digest, and equal paths in a container or of the user are', () => {
  const digestAt = (root: string, target = '/app/data') => {
    const own = join(root, '.railhead');
    const steps = [
      create(service.type, 'api', {
        root,
        folder: `${own}/artifacts/api-1`,
        variables: { DATA: target, FILES: `${own}/data` },
      }),
      create('docker:index/container:Container', 'web', { volumes: [{ containerPath: target }] }),
    ];
    const found = { steps, all: [] };
    const after = snapshot;
    return makeDigest({
      ...{ root, environment: 'dev', project: 'shop', state: [], found },
      ...{ record: { snapshot: after }, after },
    }).whole;
  };
  const elsewhere = digestAt('/home/a/shop');
  for (const root of ['/app', '/', '/a', '/data', '/app/data']) assert.equal(digestAt(root), elsewhere, root);
  for (const other of ['/data', '/app', '/app/data2', '<root>/data']) {
    assert.notEqual(digestAt('/app', other), elsewhere, other);
    assert.equal(digestAt('/app', other), digestAt('/', other), other);
  }
});

test('another content of the same inputs is another plan', () => {
  const artifact = { hash: 'ab', folder: '', files: {}, packages: [], settings: '' };
  const digestOf = (pinned: string) => {
    const api = { form: 'code' as const, dependsOn: [], variables: {}, artifact: { ...artifact, pinned } };
    const after = { ...snapshot, services: { api } };
    const found = { steps: [], all: [] };
    const place = { root: '/a', environment: 'dev', project: 'shop', state: [], found };
    return makeDigest({ ...place, record: { snapshot: after }, after }).parts.artifacts;
  };
  assert.notEqual(digestOf(`sha256:${'1'.repeat(64)}`), digestOf(`sha256:${'2'.repeat(64)}`));
});

test('a digest is read as it is written, also with dots in the name of the environment', () => {
  const text = `eu.prod.${'0a'.repeat(16)}.11111111.22222222.33333333.44444444.55555555`;
  const digest = parseDigest(text);
  assert.equal(digest?.environment, 'eu.prod');
  assert.equal(digest.parts.version, '55555555');
  assert.equal(formatDigest(digest), text);
  for (const wrong of ['', 'dev', text.slice(0, -1), `${text}0`, text.replaceAll('.', ' ')]) {
    assert.equal(parseDigest(wrong), undefined);
  }
});
