import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Snapshot } from '../../changes/snapshot.ts';
import { testSide } from '../../changes/testing.ts';
import type { EventMetadata } from './engine-log.ts';
import { reachedWithoutRecord } from './reached.ts';

const side = testSide({
  text: 'name: shop\nservices:\n  api: { source: infra/graph, start: ./run }\n  web: { source: infra/graph, start: ./run }\n',
  inputs: { api: {}, web: {} },
}).snapshot;

test('a service is reached without a record if one of its resources has another artifact than the record', () => {
  const reached = (...resources: EventMetadata[]) =>
    reachedWithoutRecord(withHash('aaaa'), withHash('bbbb'), resources);
  assert.deepEqual(reached(resource('api', 'aaaa', 'bbbb'), resource('web', 'aaaa', 'bbbb')), []);
  assert.deepEqual(reached(resource('api', 'bbbb', 'bbbb'), resource('web', 'aaaa', 'bbbb')), ['api']);
  assert.deepEqual(reached(resource('api', 'cccc', 'bbbb')), ['api']);
  const preDeploy = resource('api', 'bbbb', 'bbbb');
  assert.deepEqual(reached(resource('api', 'aaaa', 'bbbb'), preDeploy), ['api']);
});

test('a new resource, one without an artifact, and a service without a record are not reached', () => {
  const fresh = { ...resource('api', '', 'bbbb'), old: null };
  const volume = resource('api', 'x', 'x');
  assert.deepEqual(reachedWithoutRecord(withHash('aaaa'), withHash('bbbb'), [fresh, volume]), []);
  assert.deepEqual(reachedWithoutRecord(undefined, withHash('bbbb'), [resource('api', 'cccc', 'bbbb')]), []);
});

test('an artifact that the record names already is another one if it does not run', () => {
  const all = [resource('api', 'bbbb', 'aaaa'), resource('web', 'aaaa', 'aaaa')];
  assert.deepEqual(reachedWithoutRecord(withHash('aaaa'), withHash('aaaa'), all), ['api']);
});

/** Returns the snapshot with one hash for both artifacts. */
function withHash(hash: string): Snapshot {
  const services = Object.entries(side.services).map(([name, { artifact, ...service }]) => [
    name,
    { ...service, ...(artifact && { artifact: { ...artifact, hash } }) },
  ]);
  return { ...side, services: Object.fromEntries(services) as Snapshot['services'] };
}

/** Returns a resource of a service whose image changes. */
function resource(service: string, before: string, after: string): EventMetadata {
  const of = (hash: string) => ({
    parent: `urn:pulumi:dev::shop::railhead:index:Service::${service}`,
    protect: false,
    retainOnDelete: false,
    inputs: { spec: { containers: [{ image: `shop/${service}:${hash}` }] } },
  });
  return { op: 'update', urn: '', type: 'test:index:Workload', old: of(before), new: of(after) };
}
