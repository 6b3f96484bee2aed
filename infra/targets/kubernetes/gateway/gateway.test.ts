import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../../../common/roots.ts';
import { buildGraph } from '../../../graph/graph.ts';
import { loadStack } from '../../../stack/load.ts';
import { cloudflaredEntrance, cloudflaredImage } from './cloudflared.ts';
import { entranceArgs } from './deployment.ts';
import { challengePolicyArgs, httpRouteArgs, ingressArgs } from './entrance.ts';
import { clusterHosts } from './index.ts';
import { gatewayUrl } from './url.ts';
import { entrancePolicyArgs } from './network.ts';
import { scratchStack } from '../testing/scratch.ts';
import { unsupportedByKubernetes } from '../unsupported.ts';
import { workerdEntrance } from './workerd.ts';

const graph = buildGraph(loadStack(join(packageRoot, 'stacks/rota.prod.yaml')), 'prod');
const { images } = graph;
const gateway = { ...graph.gateway!, provider: 'workerd' as const };
const place = { root: '/clone', stack: 'rota', environment: 'prod', namespace: 'rota-prod' };
const scope = { ...place, images, pullSecrets: [] };

test('the URL of the gateway is its domain, or its Service without a domain', () => {
  assert.equal(gatewayUrl(graph), 'https://rota.example');
  const local = { ...graph, gateway: { ...gateway, domain: undefined } };
  assert.equal(gatewayUrl(local), 'http://gateway.rota-prod.svc:8080');
  assert.equal(gatewayUrl({ ...graph, gateway: undefined }), undefined);
});

test('a gateway with a domain serves the domain and cluster names; without one it also serves addresses', () => {
  const inCluster = ['', '.rota-prod', '.rota-prod.svc', '.rota-prod.svc.cluster.local'].map(
    (zone) => `gateway${zone}`,
  );
  const named = { ...gateway, hosts: ['lb.example'] };
  assert.deepEqual(clusterHosts(graph, named), {
    names: [...inCluster, 'rota.example', 'lb.example'],
    addresses: false,
  });
  assert.deepEqual(clusterHosts(graph, { ...gateway, domain: undefined }), {
    names: [...inCluster, 'localhost', '127.0.0.1', '[::1]'],
    addresses: true,
  });
});

test('both entrances have two replicas, satisfy restricted, and end after their last request', () => {
  for (const entrance of [workerdEntrance('rota/gateway:1', 'r'), cloudflaredEntrance('r')]) {
    const { replicas, strategy, template } = entranceArgs(scope, entrance).spec;
    assert.equal(replicas, 2);
    assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
    const { securityContext, terminationGracePeriodSeconds } = template.spec;
    assert.equal(securityContext.runAsNonRoot, true);
    assert.ok(terminationGracePeriodSeconds >= 25);
    assert.notDeepEqual(entrance.probes.readinessProbe, entrance.probes.livenessProbe);
  }
  assert.match(cloudflaredImage, /@sha256:[0-9a-f]{64}$/);
});

test('cloudflared has no environment variables: it reads files and arguments', () => {
  const { template } = entranceArgs(scope, cloudflaredEntrance('r')).spec;
  assert.equal(template.spec.containers[0]!.env, undefined);
});

test('the gateway accepts connections on the port of its pods, and cloudflared accepts none', () => {
  const own = entrancePolicyArgs(scope, { ...gateway, port: 9090 }).spec;
  assert.deepEqual(own.ingress, [{ ports: [{ port: 8080, protocol: 'TCP' }] }]);
  assert.deepEqual(own.egress, []);
  const auth = { jwks: 'https://id.example/keys', issuer: 'id', audience: 'rota' };
  const asking = { ...gateway, routes: gateway.routes.map((route) => ({ ...route, auth })) };
  assert.deepEqual(entrancePolicyArgs(scope, asking).spec.egress[0]?.ports, [{ port: 443, protocol: 'TCP' }]);
  const tunnel = entrancePolicyArgs(scope, { ...gateway, provider: 'cloudflare' }).spec;
  assert.deepEqual(tunnel.ingress, []);
  assert.deepEqual(
    tunnel.egress[0]?.ports.map(({ port, protocol }) => `${protocol} ${port}`),
    ['UDP 7844', 'TCP 443'],
  );
});

const ingress = { class: 'nginx', from: 'ingress-nginx', issuer: 'letsencrypt' };
const entered = { ...gateway, domain: 'rota.example', hosts: ['www.rota.example', '192.0.2.7'], ingress };

test('an Ingress has the hosts of the gateway and a certificate of its issuer', () => {
  const { metadata, spec } = ingressArgs(scope, entered, ingress);
  assert.equal(metadata.annotations['cert-manager.io/cluster-issuer'], 'letsencrypt');
  assert.equal(spec.ingressClassName, 'nginx');
  const hosts = ['rota.example', 'www.rota.example'];
  assert.deepEqual(spec.tls, [{ hosts, secretName: 'gateway-tls' }]);
  const backend = { service: { name: 'gateway', port: { number: entered.port } } };
  const paths = [{ path: '/', pathType: 'Prefix', backend }];
  assert.deepEqual(
    spec.rules,
    hosts.map((host) => ({ host, http: { paths } })),
  );
  const own = { class: 'nginx', from: 'ingress-nginx' };
  const named = ingressArgs(scope, entered, { ...own, secret: 'certificate' });
  assert.deepEqual(named.spec.tls, [{ hosts, secretName: 'certificate' }]);
  assert.equal(named.metadata.annotations['cert-manager.io/cluster-issuer'], undefined);
  assert.deepEqual(ingressArgs(scope, entered, own).spec.tls, [{ hosts }]);
});

test('an HTTPRoute leads from the Gateway of the cluster to the Service of the gateway', () => {
  const { spec } = httpRouteArgs(scope, entered, {
    gateway: 'public',
    namespace: 'gateways',
    listener: 'https',
  });
  const group = 'gateway.networking.k8s.io';
  assert.deepEqual(spec.parentRefs, [
    { group, kind: 'Gateway', name: 'public', namespace: 'gateways', sectionName: 'https' },
  ]);
  assert.deepEqual(spec.hostnames, ['rota.example', 'www.rota.example']);
  assert.deepEqual(spec.rules, [
    {
      matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      backendRefs: [{ kind: 'Service', name: 'gateway', port: entered.port }],
    },
  ]);
});

test('only the controller can connect to the gateway, and to the pods that answer challenges of ACME', () => {
  const peer = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const fromOf = (fields: object) => {
    const rule: { from?: object[] } | undefined = entrancePolicyArgs(scope, {
      ...entered,
      ingress: undefined,
      ...fields,
    }).spec.ingress[0];
    return rule?.from;
  };
  assert.deepEqual(fromOf({ ingress }), [peer('ingress-nginx')]);
  assert.deepEqual(fromOf({ ingress: { ...ingress, from: '10.0.0.0/8' } }), [
    { ipBlock: { cidr: '10.0.0.0/8' } },
  ]);
  const httpRoute = { gateway: 'public', namespace: 'gateways' };
  assert.deepEqual(fromOf({ httpRoute }), [peer('gateways')]);
  assert.deepEqual(fromOf({ httpRoute: { ...httpRoute, from: 'envoy' } }), [peer('envoy')]);
  assert.equal(fromOf({}), undefined);
  assert.deepEqual(challengePolicyArgs(scope, ingress).spec.ingress, [
    { from: [peer('ingress-nginx')], ports: [{ port: 8089, protocol: 'TCP' }] },
  ]);
});

test('an Ingress has the hosts of routes, and needs at least one host', (t) => {
  const routed = (route: string) =>
    scratchStack(
      t,
      '  api: { source: app, port: 3001 }',
      `gateway: { ingress: { class: nginx, from: ingress-nginx }, routes: [{ ${route}path: /, to: api }] }`,
    ).graph;
  const hosted = routed('host: app.example.com, ');
  const { rules } = ingressArgs(scope, hosted.gateway!, ingress).spec;
  assert.deepEqual(
    rules.map(({ host }) => host),
    ['app.example.com'],
  );
  assert.deepEqual(unsupportedByKubernetes(hosted), []);
  assert.deepEqual(unsupportedByKubernetes(routed('')), [
    { path: ['gateway', 'ingress'], message: 'needs "domain", or a route with "host"' },
  ]);
});
