import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { test } from 'vitest';
import { stringify } from 'yaml';
import { capture } from '../../../tools/command.ts';
import { scratch } from '../../stack/scratch.ts';
import { describeIssuer } from './gateway/issuer.ts';
import { isIssued, neededKinds, readsUsage, type Kind } from './needs.ts';
import { describeAddOns, preflightKubernetes } from './preflight.ts';
import { describeRights, reviewsOf } from './rights.ts';
import { describeClaims, describeStorage, wantedClaims } from './storage.ts';
import { scratchStack } from './testing/scratch.ts';
import { unless } from '../../../tools/testing/unless.ts';

const lack =
  (await capture('kubectl', ['version', '--client'])).code === 0 ? undefined : 'there is no kubectl';
const groups = (...names: string[]) => ({ groups: names.map((name) => ({ name })) });

test('each add-on that the stack needs and the cluster lacks is reported with its command', (t) => {
  const { graph } = scratchStack(
    t,
    `  api: { source: app, port: 3001, metrics: /metrics, resources: { cpu: 1 }, replicas: { min: 1, max: 2, cpu: 70 } }
  worker: { source: app, replicas: { min: 0, max: 2, queue: { name: jobs, size: 1, from: api } } }`,
    'observability: true',
  );
  const missing = (...known: string[]) =>
    describeAddOns(groups('apps', ...known), neededKinds(graph), readsUsage(graph)).flatMap(
      ({ name, mend }) => (mend === undefined ? [] : [name]),
    );
  assert.deepEqual(missing(), ['KEDA', 'Prometheus', 'metrics-server']);
  assert.deepEqual(missing('keda.sh', 'monitoring.coreos.com', 'metrics.k8s.io'), []);
  const plain = scratchStack(t, '  api: { source: app, port: 3001 }').graph;
  assert.deepEqual(describeAddOns(groups(), neededKinds(plain), readsUsage(plain)), []);
});

const classes = (...items: object[]) => ({ items: items.map((metadata) => ({ metadata })) });
const standard = { 'storageclass.kubernetes.io/is-default-class': 'true' };

test('the Gateway API and cert-manager are needed by what the gateway names', (t) => {
  const needs = (entrance: string) => {
    const { graph } = scratchStack(
      t,
      '  api: { source: app, port: 3001 }',
      `gateway: { domain: a.example.com, routes: [{ path: /, to: api }], ${entrance} }`,
    );
    const checks = describeAddOns(groups('apps'), neededKinds(graph), readsUsage(graph), isIssued(graph));
    return checks.map(({ name }) => name);
  };
  assert.deepEqual(needs('ingress: { class: nginx, from: ingress-nginx }'), []);
  assert.deepEqual(needs('ingress: { class: nginx, from: ingress-nginx, issuer: a }'), ['cert-manager']);
  assert.deepEqual(needs('httpRoute: { gateway: public, namespace: gateways }'), ['Gateway API']);
});

test('the Ingress names a ClusterIssuer of the cluster', () => {
  const issuers = (...items: [name: string, ready?: object][]) => ({
    items: items.map(([name, ready]) => ({
      metadata: { name },
      ...(ready && { status: { conditions: [ready] } }),
    })),
  });
  const name = 'ClusterIssuer';
  assert.deepEqual(describeIssuer(issuers(['a'], ['b']), 'c'), {
    name,
    found: 'the cluster has no c, which `gateway.ingress.issuer` names; it has a, b',
    mend: 'kubectl get clusterissuers',
  });
  assert.deepEqual(describeIssuer(issuers(['a', { type: 'Ready', status: 'True' }]), 'a'), {
    name,
    found: 'a',
  });
  assert.deepEqual(
    describeIssuer(issuers(['a', { type: 'Ready', status: 'False', message: 'no account' }]), 'a'),
    {
      name,
      found: 'a, which is not ready: no account',
    },
  );
});

test('volumes without a class need a default storage class', () => {
  const of = (...items: object[]) =>
    describeStorage(classes(...items), [{ name: 'db', storageClass: undefined }]);
  assert.equal(of({ name: 'slow' }, { name: 'fast', annotations: standard }).mend, undefined);
  assert.match(of({ name: 'slow' }).mend ?? '', /annotate storageclass slow /);
  assert.match(of().found, /the cluster has none/);
});

test('a storage class that the stack file names must exist, and then no default is needed', (t) => {
  const { graph } = scratchStack(
    t,
    '  db: { type: postgres, kubernetes: { storageClass: fast } }\n  web: { source: app, volume: { path: /a, size: 1Gi }, volumes: { own: { path: /b, size: 1Gi }, all: /c } }',
    'kubernetes: { storageClass: slow }\nvolumes: { all: { size: 1Gi }, many: { size: 1Gi, storageClass: nfs } }',
  );
  const wanted = wantedClaims(graph);
  assert.deepEqual(wanted.map(({ name, storageClass }) => `${name}: ${storageClass}`).toSorted(), [
    'db-backup: fast',
    'db: fast',
    'shared.all: slow',
    'shared.many: nfs',
    'web.own: slow',
    'web: slow',
  ]);
  const found = (...names: string[]) => describeStorage(classes(...names.map((name) => ({ name }))), wanted);
  assert.deepEqual(found('fast', 'slow', 'nfs'), { name: 'Storage class', found: 'fast, slow, nfs' });
  assert.equal(found('slow').found, 'the cluster has no fast, nfs, which the stack file names; it has slow');
});

test('a volume keeps its storage class', () => {
  const claim = (name: string, storageClassName?: string) => ({
    metadata: { name },
    spec: { storageClassName },
  });
  const wanted = [
    { name: 'db', storageClass: 'fast' },
    { name: 'files', storageClass: 'fast' },
    { name: 'new', storageClass: 'fast' },
    { name: 'cache', storageClass: undefined },
  ];
  const items = [
    claim('db', 'fast'),
    claim('files', 'slow'),
    claim('cache', 'slow'),
    claim('shared.all', 'slow'),
  ];
  assert.deepEqual(describeClaims({ items }, wanted, 'rota-test'), [
    {
      name: 'Storage class',
      found:
        'the volume files has the class slow, which cannot become fast: write `storageClass: slow` below `kubernetes` of its service, or copy its data to a new volume',
      mend: 'kubectl get persistentvolumeclaim files --namespace rota-test',
    },
  ]);
  assert.deepEqual(describeClaims({}, wanted, 'rota-test'), []);
  const [ofStack] = describeClaims({ items }, [{ name: 'shared.all', storageClass: 'fast' }], 'rota-test');
  assert.match(ofStack?.found ?? '', /write `storageClass: slow` in `volumes.all`, or copy/);
});

test('missing rights are reported by kind', () => {
  const kinds = [
    { group: 'apps', resource: 'deployments' },
    { group: '', resource: 'secrets' },
  ];
  const answer =
    'get deployments.apps true\npatch deployments.apps false\ncreate secrets false\npatch secrets false\n';
  const { found, mend } = describeRights(answer, 'rota-prod', kinds);
  assert.equal(found, 'this user may not patch deployments.apps; create, patch secrets');
  assert.equal(mend, 'kubectl auth can-i --list -n rota-prod');
  assert.equal(describeRights(answer.replaceAll('false', 'true'), 'rota-prod', kinds).mend, undefined);
});

test('a stack with a canary needs the right to begin an aborted one again', () => {
  const asked = (...kinds: Kind[]) =>
    reviewsOf('rota-prod', kinds).map(({ spec }) => spec.resourceAttributes);
  const status = {
    ...{ namespace: 'rota-prod', group: 'argoproj.io', resource: 'rollouts' },
    ...{ subresource: 'status', verb: 'patch' },
  };
  const isAsked = (...kinds: Kind[]) => asked(...kinds).some((review) => isDeepStrictEqual(review, status));
  assert.ok(isAsked({ group: 'argoproj.io', resource: 'rollouts' }));
  assert.ok(!isAsked({ group: 'apps', resource: 'deployments' }));
});

unless(lack).test(
  'an unreachable cluster is reported with the error of kubectl and the context of the environment',
  async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const named = { name: 'away' };
    const config = stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ ...named, cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ ...named, context: { cluster: 'away', user: 'away' } }],
      users: [{ ...named, user: {} }],
    });
    const root = scratch(t, { kubeconfig: config });
    const settings = { 'kubernetes:context': 'away', 'kubernetes:kubeconfig': join(root, 'kubeconfig') };
    writeFileSync(join(root, 'Pulumi.test.yaml'), stringify({ config: settings }));
    const { graph } = scratchStack(t, '  api: { source: app }');
    const context = { root, environment: 'test', dockerPool: undefined };
    const [check, ...others] = await preflightKubernetes(graph, context);
    assert.deepEqual(others, []);
    assert.match(check?.found ?? '', /refused/);
    assert.match(check?.mend ?? '', /^kubectl cluster-info --context=away /);
  },
);
