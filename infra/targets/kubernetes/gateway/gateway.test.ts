import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import { packageRoot } from '../../../common/roots.ts';
import { buildGraph } from '../../../graph/graph.ts';
import { loadStack } from '../../../stack/load.ts';
import { cloudflaredEntrance, cloudflaredImage } from './cloudflared.ts';
import { entranceArgs } from './deployment.ts';
import { clusterHosts } from './index.ts';
import { gatewayUrl } from './url.ts';
import { entrancePolicyArgs } from './network.ts';
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
