import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { DeployedResource } from '../../shared/drift.ts';
import { clusterFindings } from './index.ts';
import { parseObjects } from './live.ts';
import { inputs, liveOf, setBy } from './testing.ts';

const place = { namespace: 'shop-prod', flags: [] };

test('an object of another namespace is not looked for here', () => {
  const elsewhere = withMetadata({ namespace: 'other' });
  assert.deepEqual(drift([resource('Deployment', elsewhere)], []), []);
});

test('what the program of the project has added is neither compared nor foreign', () => {
  const added = resource('Deployment', inputs, { service: undefined });
  assert.deepEqual(drift([added], [liveOf({ replicas: 5 })]), []);
  const labels = { 'app.kubernetes.io/managed-by': 'railhead' };
  const planned = resource('Deployment', withMetadata({ labels }), { service: undefined });
  assert.deepEqual(drift([planned], []), [['deleted', undefined, undefined, undefined]]);
});

test('a deployed 0 or false is a value, so an update takes the change of it back', () => {
  const live = liveOf({ minReadySeconds: 30 });
  Object.assign(live.spec.template.spec, { automountServiceAccountToken: true });
  const found = clusterFindings([resource('Deployment', inputs)], contents([live]), place);
  assert.deepEqual(
    found.map(({ what, deployed, live, remedy }) => [what, deployed, live, remedy]),
    [
      ['spec.minReadySeconds', '0', '30', undefined],
      ['spec.template.spec.automountServiceAccountToken', 'false', 'true', undefined],
    ],
  );
  assert.deepEqual(drift([resource('Deployment', inputs)], [liveOf({ replicas: 0 })]), [
    ['changed', 'replicas', '2', '0'],
  ]);
});

test('a key of a Secret that was set by hand to the deployed value is no difference', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'api' },
    stringData: { TOKEN: 'one' },
  };
  const data = { TOKEN: Buffer.from('one').toString('base64') };
  const managedFields = [setBy('kubectl-edit', { 'f:data': { 'f:TOKEN': {} } })];
  const live = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'api', managedFields }, data };
  assert.deepEqual(drift([resource('Secret', secret)], [live]), []);
});

test('a secret variable in a list of containers is not shown', () => {
  const path = ['spec', 'template', 'spec', 'containers', 0, 'env', 1, 'value'];
  const env = [
    { name: 'URL', value: 'http://elsewhere' },
    { name: 'LOG_LEVEL', value: 'debug' },
  ];
  const deployed = resource('Deployment', inputs, { secrets: [path] });
  assert.deepEqual(drift([deployed], [liveOf({}, [], { env })]), [
    ['changed', 'variable LOG_LEVEL', 'info', 'debug'],
    ['changed', 'variable URL', '(hidden)', '(hidden)'],
  ]);
});

test('a kind is unread only if its own list is forbidden', () => {
  const service = resource('Service', { metadata: { name: 'api' } });
  const found = (forbidden: string[]) => clusterFindings([service], { objects: [], forbidden }, place).length;
  assert.equal(found(['serviceaccounts']), 1);
  assert.equal(found(['services']), 0);
  const policy = resource('NetworkPolicy', { metadata: { name: 'api' } });
  const forbidden = ['networkpolicies'];
  assert.deepEqual(clusterFindings([policy], { objects: [], forbidden }, place), []);
});

function withMetadata(metadata: object) {
  return { ...inputs, metadata: { ...inputs.metadata, ...metadata } };
}

function resource(kind: string, values: object, others: Partial<DeployedResource> = {}): DeployedResource {
  const type = `kubernetes:${kind === 'Deployment' ? 'apps/v1' : 'core/v1'}:${kind}`;
  const about = { urn: `urn:pulumi:prod::shop::${type}::api`, type, name: 'api', id: undefined };
  return { ...about, service: 'api', inputs: values as Record<string, unknown>, secrets: [], ...others };
}

function contents(live: object[]) {
  return { objects: parseObjects(JSON.stringify({ kind: 'List', items: live })), forbidden: [] };
}

/** Returns what is found: kind, setting, and the value on both sides. */
function drift(resources: DeployedResource[], live: object[]) {
  const found = clusterFindings(resources, contents(live), place);
  return found.map(({ kind, what, deployed, live: value }) => [kind, what, deployed, value]);
}
