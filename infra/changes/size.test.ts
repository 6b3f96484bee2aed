import assert from 'node:assert/strict';
import { test } from 'vitest';
import { sizeOf } from './size.ts';
import { testSide } from './testing.ts';

test('what differs is text on both sides, and the rest is left out', () => {
  const before = app('replicas: 2, resources: { cpu: 0.5, memory: 512Mi }');
  const after = app('replicas: { min: 2, max: 10, cpu: 70 }, resources: { cpu: 500m, memory: 1Gi }');
  assert.deepEqual(sizeOf('app', before, after), {
    replicas: { before: '2', after: '2–10' },
    memory: { before: '512Mi', after: '1Gi' },
  });
  assert.deepEqual(sizeOf('app', after, after), {});
});

test('a size has the request of a replica together with its limit', () => {
  const before = app('resources: { cpu: 1, memory: 1Gi, requests: { cpu: 1 } }');
  const after = app('resources: { cpu: 1, requests: { cpu: 0.25, memory: 256Mi } }');
  assert.deepEqual(sizeOf('app', before, after), {
    cpu: { before: '1', after: '1 (0.25 reserved)' },
    memory: { before: '1Gi', after: '256Mi reserved' },
  });
});

test('a new service has its size after, a removed one before', () => {
  const service = app('replicas: 3');
  const others = snapshotOf('other: { image: acme/other:1 }');
  const [replicas, image] = ['3', 'acme/app:1'];
  for (const none of [others, undefined]) {
    assert.deepEqual(sizeOf('app', none, service), {
      replicas: { after: replicas },
      image: { after: image },
    });
    assert.deepEqual(sizeOf('app', service, none), {
      replicas: { before: replicas },
      image: { before: image },
    });
  }
});

test('storage is that of a volume or of a data server', () => {
  const before = app('volume: { path: /data, size: 1Gi }');
  const after = app('volume: { path: /data, size: 2Gi }');
  assert.deepEqual(sizeOf('app', before, after), { storage: { before: '1Gi', after: '2Gi' } });
});

test('the image of a data server is that of its version, or the one that the stack file names', () => {
  const before = snapshotOf("app: { type: postgres, version: '17', storage: 1Gi }");
  const after = snapshotOf("app: { type: postgres, version: '18', storage: 10Gi }");
  assert.deepEqual(sizeOf('app', before, after), {
    storage: { before: '1Gi', after: '10Gi' },
    image: { before: 'postgres:17', after: 'postgres:18' },
  });
  const named = snapshotOf('app: { type: postgres, storage: 1Gi }', 'images: { postgres: acme/postgres:17 }');
  assert.deepEqual(sizeOf('app', before, named), {
    image: { before: 'postgres:17', after: 'acme/postgres:17' },
  });
});

test('an external server has no size', () => {
  const far = snapshotOf("app: { type: redis, external: { url: '${{secret.FAR}}' } }");
  assert.deepEqual(sizeOf('app', undefined, far), {});
});

function app(fields: string) {
  return snapshotOf(`app: { image: acme/app:1, ${fields} }`);
}

function snapshotOf(services: string, more = '') {
  return testSide({ text: `name: shop\nservices:\n  ${services}\n${more}\n` }).snapshot;
}
