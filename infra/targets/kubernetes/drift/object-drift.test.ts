import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { DeployedResource } from '../../shared/drift.ts';
import { clusterFindings } from './index.ts';
import { parseObjects } from './live.ts';
import { deployment, inputs, liveOf, setBy } from './testing.ts';

const place = { namespace: 'shop-prod', flags: ['--context=prod-eu'] };

function resourceOf(
  kind: string,
  values: Record<string, unknown>,
  secrets: DeployedResource['secrets'] = [],
) {
  const { metadata } = values as { metadata: { name: string } };
  const group = kind === 'Deployment' ? 'apps/v1' : kind === 'ScaledObject' ? 'keda.sh/v1alpha1' : 'core/v1';
  const type = `kubernetes:${group}:${kind}`;
  const urn = `urn:pulumi:prod::shop::${type}::${metadata.name}`;
  return { urn, type, name: metadata.name, id: undefined, service: 'api', inputs: values, secrets };
}

/** Returns what is found, without what is the same in all findings of the Deployment. */
function found(live: object[], resources = [resourceOf('Deployment', inputs)]) {
  const { objects, forbidden } = {
    objects: parseObjects(JSON.stringify({ kind: 'List', items: live })),
    forbidden: [],
  };
  return clusterFindings(resources, { objects, forbidden }, place).map(
    ({ kind, urn, resource, service, ...rest }) => (void [urn, service], { kind, resource, ...rest }),
  );
}

test('defaults, status, annotations of controllers and amounts in another form are no drift', () => {
  assert.deepEqual(found([deployment]), []);
});

test('replicas, variables, images and limits are named in the words of a stack file, with who changed them when', () => {
  const scaled = liveOf({ replicas: 5 }, [setBy('kubectl', { 'f:spec': { 'f:replicas': {} } }, 'scale')]);
  const resource = 'Deployment api';
  const changed = { by: 'kubectl (scale)', operation: 'Update', at: '2026-11-29T11:48:00.000Z' };
  assert.deepEqual(found([scaled]), [
    { kind: 'changed', resource, what: 'replicas', deployed: '2', live: '5', changed },
  ]);
  const container = {
    image: 'shop/api:2',
    resources: { limits: { cpu: '2', memory: '512Mi' }, requests: { cpu: '100m' } },
  };
  const said = found([liveOf({}, [], { ...container, env: [{ name: 'LOG_LEVEL', value: 'debug' }] })]);
  assert.deepEqual(
    said.map(({ what, deployed, live }) => [what, deployed, live]),
    [
      ['variable LOG_LEVEL', 'info', 'debug'],
      ['variable URL', 'http://web', undefined],
      ['image', 'shop/api:1', 'shop/api:2'],
      ['limits.cpu', '1', '2'],
    ],
  );
});

test('what was added by hand is named with the command that removes it, since an update leaves it', () => {
  const containers = {
    'k:{"name":"api"}': { 'f:env': { 'k:{"name":"EXTRA"}': { '.': {}, 'f:name': {}, 'f:value': {} } } },
  };
  const fields = {
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': containers, 'f:hostNetwork': {} } } },
  };
  const env = [...deployment.spec.template.spec.containers[0]!.env, { name: 'EXTRA', value: '1' }];
  const live = liveOf({}, [setBy('kubectl-edit', fields)], { env });
  Object.assign(live.spec.template.spec, { hostNetwork: true });
  const remedy = 'kubectl edit deployment api -n shop-prod --context=prod-eu';
  const by = { by: 'kubectl-edit', operation: 'Update', at: '2026-11-29T11:48:00.000Z' };
  assert.deepEqual(
    found([live]).map(({ what, live: value, changed, remedy: next }) => [what, value, changed, next]),
    [
      ['variable EXTRA', '1', by, remedy],
      ['spec.template.spec.hostNetwork', 'true', by, remedy],
    ],
  );
});

test('a restart with kubectl is no drift', () => {
  const annotation = { 'f:kubectl.kubernetes.io/restartedAt': {} };
  const template = { 'f:metadata': { 'f:annotations': annotation } };
  const restarted = setBy('kubectl-rollout', { 'f:spec': { 'f:template': template } });
  assert.deepEqual(found([liveOf({}, [restarted])]), []);
});

test('replicas that a scaler sets are no drift', () => {
  const scaler = { metadata: { name: 'api' }, spec: { scaleTargetRef: { name: 'api' } } };
  const object = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', ...scaler };
  const resources = [resourceOf('Deployment', inputs), resourceOf('ScaledObject', object)];
  assert.deepEqual(found([liveOf({ replicas: 9 }), object], resources), []);
});

test('a value of a Secret is compared and never shown; another key is a difference', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'api' },
    stringData: { TOKEN: 'one', KEPT: 'x' },
  };
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const data = { TOKEN: base64('two'), KEPT: base64('x'), NEW: base64('three') };
  const { stringData, ...rest } = secret;
  void stringData;
  const findings = found(
    [{ ...rest, data, type: 'Opaque' }],
    [resourceOf('Secret', secret, [['stringData']])],
  );
  assert.deepEqual(
    findings.map(({ what, deployed, live }) => [what, deployed, live]),
    [
      ['key NEW', undefined, '(hidden)'],
      ['key TOKEN', '(hidden)', '(hidden)'],
    ],
  );
});

test('a missing object is deleted; foreign are those that nothing of ours and nothing of Kubernetes has made', () => {
  const object = (kind: string, name: string, more: object = {}, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'shop-prod', creationTimestamp: '2026-11-29T11:48:00Z', ...metadata },
    ...more,
  });
  const owned = { ownerReferences: [{ kind: 'Deployment', name: 'api', uid: '1' }] };
  const said = found([
    object('ReplicaSet', 'api-1', {}, owned),
    object('ConfigMap', 'kube-root-ca.crt'),
    object('ServiceAccount', 'default'),
    object('Secret', 'default-token', { type: 'kubernetes.io/service-account-token' }),
    object('Secret', 'sh.helm.release.v1.cache.v1', { type: 'helm.sh/release.v1' }),
    object('ConfigMap', 'notes', {}, { managedFields: [setBy('kubectl-create', { 'f:data': {} })] }),
  ]);
  const changed = { at: '2026-11-29T11:48:00.000Z' };
  assert.deepEqual(said, [
    { kind: 'deleted', resource: 'Deployment api' },
    {
      kind: 'foreign',
      resource: 'Secret sh.helm.release.v1.cache.v1 in namespace shop-prod',
      detail: 'it is the record of a Helm release',
      changed,
    },
    {
      kind: 'foreign',
      resource: 'ConfigMap notes in namespace shop-prod',
      changed: { by: 'kubectl-create', operation: 'Update', ...changed },
    },
  ]);
});
