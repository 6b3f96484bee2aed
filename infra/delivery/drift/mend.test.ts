import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { DriftFinding } from '../../targets/shared/drift.ts';
import { mendOf, refuseUndeployed, undeployed } from './mend.ts';

const component = (name: string) => `urn:pulumi:dev::shop::railhead:index:Service::${name}`;
const urnOf = (service: string, type: string, name: string) =>
  `urn:pulumi:dev::shop::railhead:index:Service$${type}::${name}`;
const resource = (service: string, type: string, name = service, from: string[] = []) => ({
  urn: urnOf(service, type, name),
  type,
  inputs: {},
  outputs: {},
  parent: component(service),
  propertyDependencies: { network: from },
});
const network = resource('web', 'docker:Network', 'web.api');
const state = [
  { urn: component('api'), type: 'railhead:index:Service', inputs: {}, outputs: {} },
  network,
  resource('api', 'docker:Container', 'api-1', [network.urn]),
  resource('api', 'railhead:docker:Readiness', 'api'),
  resource('db', 'docker:Container', 'db'),
];
const finding = (
  kind: DriftFinding['kind'],
  { urn, parent }: { urn: string; parent: string },
): DriftFinding & { sentence: string } => ({
  kind,
  urn,
  service: parent.slice(parent.lastIndexOf(':') + 1),
  resource: 'x y',
  sentence: '',
});

test('a mend updates all resources of a service that has drifted, and no other service', () => {
  const { services, urns } = mendOf(
    { findings: [finding('changed', resource('db', 'docker:Container', 'db'))] },
    state,
  );
  assert.deepEqual([services, urns], [['db'], [urnOf('db', 'docker:Container', 'db')]]);
});

test('a resource whose difference the engine does not see is made again', () => {
  const api = resource('api', 'docker:Container', 'api-1');
  const found = { ...finding('changed', api), replaces: true } as const;
  assert.deepEqual(mendOf({ findings: [found] }, state).replaced, [api.urn]);
});

test('resources that use a missing resource are updated too', () => {
  assert.deepEqual(mendOf({ findings: [finding('deleted', network)] }, state).services, ['api', 'web']);
});

test('what an update does not take back is not mended', () => {
  const remedy = { ...finding('changed', network), remedy: 'kubectl edit' };
  const foreign = { kind: 'foreign', resource: 'x y', sentence: '' } as const;
  assert.deepEqual(mendOf({ findings: [remedy, foreign] }, state), { services: [], urns: [], replaced: [] });
});

test('a change that is not deployed is told from drift, and refused only where it would be deployed', () => {
  const change = { type: 't', name: 'n', operation: 'update', service: 'api' } as const;
  const drift = { kind: 'drift', resource: 'x' } as const;
  assert.deepEqual(undeployed([{ ...change, paths: ['state'], drift }]), []);
  const edited = undeployed([
    { ...change, paths: ['state', 'variables.A'], drift },
    { ...change, service: 'web', paths: ['image'] },
  ]);
  assert.deepEqual(edited, ['api', 'web']);
  assert.throws(
    () => refuseUndeployed({ services: ['api'] }, edited, 'dev'),
    /^UserError: api has drifted.*npm run up -- -s dev/s,
  );
  assert.throws(() => refuseUndeployed({ services: [] }, edited, 'dev'), /Only an update of everything/);
  refuseUndeployed({ services: [] }, [], 'dev');
  refuseUndeployed({ services: ['db'] }, edited, 'dev');
});
