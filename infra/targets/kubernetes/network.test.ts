import assert from 'node:assert/strict';
import { test } from 'vitest';
import { defaultPolicyArgs, gatewayPolicyArgs, servicePolicyArgs } from './network.ts';
import { podsOf } from './scope.ts';
import { scratchStack } from './testing/scratch.ts';

const pods = (service: string) => ({ podSelector: { matchLabels: podsOf({ stack: 'rota' }, service) } });
const tcp = (port: number) => [{ port, protocol: 'TCP' }];

test('DNS requests to every supported name server are allowed', (t) => {
  const { scope } = scratchStack(t, '  api: { source: app }');
  const { egress } = defaultPolicyArgs(scope).spec;
  const ways = egress.flatMap(({ to, ports }) =>
    to.map((peer) => {
      const who =
        'ipBlock' in peer
          ? [peer.ipBlock.cidr]
          : [peer.namespaceSelector, peer.podSelector].flatMap(({ matchLabels }) =>
              Object.values(matchLabels),
            );
      return [...who, ...ports.map(({ port, protocol }) => `${protocol} ${port}`)].join(' ');
    }),
  );
  assert.deepEqual(ways, [
    'kube-system kube-dns UDP 53 TCP 53',
    'kube-system node-local-dns UDP 53 TCP 53',
    '169.254.20.10/32 UDP 53 TCP 53',
    'openshift-dns default UDP 5353 TCP 5353',
  ]);
});

test('an edge is one rule on each side, and there are no other rules', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    `  api: { source: app, port: 3001 }
  web: { source: app, port: 3000, variables: { API: '\${{api.URL}}' } }
  other: { source: app, port: 3002 }`,
  );
  const policyOf = (name: string) => servicePolicyArgs(scope, graph, service(name)).spec;
  assert.deepEqual(policyOf('web').egress, [{ to: [pods('api')], ports: tcp(3001) }]);
  assert.deepEqual(policyOf('api').ingress, [{ from: [pods('web')], ports: tcp(3001) }]);
  for (const rules of [policyOf('web').ingress, policyOf('api').egress]) assert.deepEqual(rules, []);
  const { ingress, egress, policyTypes } = policyOf('other');
  assert.deepEqual([ingress, egress, policyTypes], [[], [], ['Ingress', 'Egress']]);
});

test('routes open the ports to which they lead, for the gateway only, and published ports are open to all', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    `  api: { source: app, port: 3001, ports: { rpc: 9090, admin: { port: 9001, protocol: http } }, publish: { rpc: 90 } }
  web: { source: app, port: 3000, ports: { rest: 3002 }, publish: 80 }
gateway:
  routes: [{ path: /admin/*, to: api, port: admin }, { path: /*, to: web }]`,
  );
  const policyOf = (name: string) => servicePolicyArgs(scope, graph, service(name)).spec;
  assert.deepEqual(gatewayPolicyArgs(scope, graph).spec.egress, [
    { to: [pods('api')], ports: tcp(9001) },
    { to: [pods('web')], ports: tcp(3000) },
  ]);
  assert.deepEqual(policyOf('api').ingress, [
    { ports: tcp(9090) },
    { from: [pods('gateway')], ports: tcp(9001) },
  ]);
  assert.deepEqual(policyOf('web').ingress, [
    { ports: tcp(3000) },
    { from: [pods('gateway')], ports: tcp(3000) },
  ]);
});

test('a reference to a named port opens this port only', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    `  api: { source: app, port: 3001, ports: { rpc: 9090, admin: { port: 9001, protocol: http } } }
  web: { source: app, port: 3000, variables: { RPC: '\${{api.RPC_ADDRESS}}', ADMIN: '\${{api.HOST}}:9001' } }
  other: { source: app, port: 3002, variables: { API: '\${{api.HOST}}' } }`,
  );
  const policyOf = (name: string) => servicePolicyArgs(scope, graph, service(name)).spec;
  const opened = [...tcp(9001), ...tcp(9090)];
  assert.deepEqual(policyOf('web').egress, [{ to: [pods('api')], ports: opened }]);
  assert.deepEqual(policyOf('other').egress, [{ to: [pods('api')], ports: tcp(3001) }]);
  assert.deepEqual(policyOf('api').ingress, [
    { from: [pods('other')], ports: tcp(3001) },
    { from: [pods('web')], ports: opened },
  ]);
});

test('the gateway can reach only the services of its routes', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    '  api: { source: app, port: 3001 }\n  web: { source: app, port: 3000 }',
    'gateway: { routes: [{ path: /*, to: web }] }',
  );
  assert.deepEqual(gatewayPolicyArgs(scope, graph).spec.egress, [{ to: [pods('web')], ports: tcp(3000) }]);
  assert.deepEqual(servicePolicyArgs(scope, graph, service('web')).spec.ingress, [
    { from: [pods('gateway')], ports: tcp(3000) },
  ]);
  assert.deepEqual(servicePolicyArgs(scope, graph, service('api')).spec.ingress, []);
});

test('egress to the internet excludes private ranges, and an external server is allowed by its network', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    `  db: { type: postgres, external: { url: '\${{secret.DB}}', network: 10.1.0.0/16 } }
  api:
    source: app
    egress: [{ to: internet, port: 443 }, { to: 10.9.0.0/24 }]
    variables: { DATABASE_URL: '\${{db.DATABASE_URL}}' }`,
  );
  const { egress } = servicePolicyArgs(scope, graph, service('api')).spec;
  const [server, internet, range] = egress;
  assert.deepEqual(server, { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: tcp(5432) });
  assert.deepEqual(internet?.ports, tcp(443));
  assert.match(JSON.stringify(internet), /"except":\["10\.0\.0\.0\/8",.*"169\.254\.0\.0\/16"\]/);
  assert.deepEqual(range, { to: [{ ipBlock: { cidr: '10.9.0.0/24' } }] });
});

test('KEDA and Prometheus can reach the metrics that they read', (t) => {
  const { scope, graph, service } = scratchStack(
    t,
    `  api: { source: app, port: 3001, metrics: /metrics }
  web: { source: app, port: 3000 }
  worker: { source: app, replicas: { min: 0, max: 2, queue: { name: jobs, size: 1, from: api } } }`,
    'observability: true',
  );
  const from = (name: string) =>
    servicePolicyArgs(scope, graph, service(name)).spec.ingress.map((rule) => JSON.stringify(rule.from));
  const namespace = (name: string) =>
    JSON.stringify([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }]);
  assert.deepEqual(from('api'), [namespace('keda'), namespace('monitoring')]);
  assert.deepEqual(from('web'), []);
});
