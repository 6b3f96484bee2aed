import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import { graphOf } from '../../graph/scratch-graph.ts';
import type { Release } from '../../artifacts/types.ts';
import { planContainers } from './plan.ts';
import { type ContainerPlan, type Contents } from './planned.ts';

const stack = `
name: shop
services:
  postgres: { type: postgres }
  api:
    source: app
    port: 3001
    replicas: 2
    preDeploy: node migrate.js
    health: { path: /health }
    variables: { DATABASE_URL: "\${{postgres.DATABASE_URL}}" }
  web: { source: app, port: 3000, variables: { API_URL: "\${{api.URL}}" } }
  mailer: { source: app, egress: [{ to: internet }], restart: { maxRetries: 0 } }
  tool: { image: 'tool:1', start: 'serve --all', restart: { maxRetries: 4 } }
  init: { image: 'setup:1', restart: never, dependsOn: { postgres: ready } }
  mailer2: { image: 'mailer:2', dependsOn: { init: completed } }
  report: { source: app, cron: "0 3 * * *", variables: { API_URL: "\${{api.URL}}" } }
gateway: { routes: [{ path: /*, to: web }] }
`;

const contents: Contents = {
  variables: () => ({}),
  files: () => [],
  folder: (source) => source,
  preDeployVariables: () => ({}),
  data: () => ({
    container: {
      command: ['serve'],
      environment: { PGDATA: '/data/pgdata' },
      port: 5432,
      scripts: {},
      scratch: ['/tmp'],
      probes: { alive: ['true'], ready: ['true'] },
    },
    secrets: { owner: 'canary' },
  }),
  gatewayConfig: () => '{}',
};

test('the pairs of services that share a network are the edges of the graph', (t) => {
  const { graph, containers } = plan(t);
  const pairs = new Set<string>();
  for (const from of containers.filter(({ role }) => role !== 'balancer' && role !== 'server')) {
    for (const to of containers) {
      const name = to.networks.find(
        ({ name, aliases }) =>
          aliases.includes(to.service) && from.networks.some((network) => network.name === name),
      );
      if (name !== undefined && from.service !== to.service) pairs.add(`${from.service} ${to.service}`);
    }
  }
  const edges = graph.edges.map(({ from, to }) => `${from} ${to}`);
  assert.deepEqual([...pairs].toSorted(), [...edges, 'gateway web'].toSorted());
});

test('the first check of a container without health checks runs after minReady', (t) => {
  const { containers } = plan(t);
  const replicaOf = (name: string) =>
    containers.find(({ service, role }) => service === name && role === 'replica');
  assert.deepEqual(
    ['api', 'web', 'mailer'].map((name) => [
      replicaOf(name)?.health?.interval,
      replicaOf(name)?.start.timeout,
    ]),
    [
      [3, 300],
      [5, 305],
      [5, 305],
    ],
  );
});

test('a service that runs once has one container that ends, no network of its own, and comes before what waits for it', (t) => {
  const { containers, networks } = plan(t);
  const [once] = containers.filter(({ service }) => service === 'init');
  assert.partialDeepStrictEqual(once, { name: 'shop-test-init', role: 'once', restart: { policy: 'no' } });
  assert.deepEqual(once?.dependsOn, ['postgres']);
  assert.deepEqual(containers.find(({ service }) => service === 'mailer2')?.dependsOn, ['init']);
  assert.deepEqual(
    networks.filter(({ name }) => /init/.test(name)),
    [],
  );
});

test('only their balancer shares a network with replicas', (t) => {
  const { containers } = plan(t);
  const [one, other] = containers.filter(({ service, role }) => service === 'api' && role === 'replica');
  const balancer = containers.find(({ service, role }) => service === 'api' && role === 'balancer')!;
  const common = one!.networks.filter(({ aliases }) => aliases.length > 0).map(({ name }) => name);
  assert.deepEqual(common, ['shop-test.api']);
  assert.ok(other!.networks.some(({ name }) => name === 'shop-test.api'));
  const others = containers.filter(
    (container) => container.service !== 'api' || container.role === 'preDeploy',
  );
  assert.ok(others.every(({ networks }) => networks.every(({ name }) => name !== 'shop-test.api')));
  assert.ok(balancer.networks.some(({ name }) => name === 'shop-test.api'));
});

test('a balancer finds only replicas with the checks that it uses', (t) => {
  const names = (changed: string) => {
    const of = plan(t, changed).containers.filter(({ service }) => service === 'api');
    const replica = of.find(({ role }) => role === 'replica')!;
    const name = replica.networks.find(({ aliases }) => aliases.length > 0)!.aliases[0];
    assert.equal(of.find(({ role }) => role === 'balancer')!.environment.REPLICAS, name);
    return name;
  };
  const before = names(stack);
  assert.equal(names(stack.replace('replicas: 2', 'replicas: 3')), before);
  for (const [old, changed] of [
    ['path: /health', 'path: /alive'],
    ['path: /health', 'path: /health, ready: /ready'],
    ['port: 3001', 'port: 3002'],
  ] as const) {
    assert.notEqual(names(stack.replace(old, changed)), before, changed);
  }
});

test('only the gateway publishes a port, and only services with egress can reach the internet', (t) => {
  const { containers, networks } = plan(t);
  assert.deepEqual(
    containers.filter(({ published }) => published !== undefined).map(({ service }) => service),
    ['gateway'],
  );
  const open = networks.filter(({ internal }) => !internal).map(({ name }) => name);
  assert.deepEqual(open, ['shop-test.mailer.outside', 'shop-test.gateway.outside']);
});

test('every container has limits, its own /tmp, and a user that is not root', (t) => {
  for (const { limits, tmpfs, user, name } of plan(t).containers) {
    assert.ok(limits.pids > 0, name);
    assert.match(tmpfs['/tmp'] ?? '', /noexec,nosuid,nodev/);
    assert.match(user ?? '', /^(10001:10001|999:999)$/);
  }
});

test('a start command replaces the entry point and the command of the image', (t) => {
  const tool = plan(t).containers.find(({ service }) => service === 'tool')!;
  assert.deepEqual([tool.entrypoint, tool.command], [['serve'], ['--all']]);
});

test('maxRetries 0 becomes the policy "no", since Docker treats 0 retries as no limit', (t) => {
  const restartOf = (name: string) => plan(t).containers.find(({ service }) => service === name)!.restart;
  assert.deepEqual(restartOf('mailer'), { policy: 'no' });
  assert.deepEqual(restartOf('tool'), { policy: 'on-failure', maxRetries: 4 });
});

test('a data server keeps its data in the data folder of its image', (t) => {
  const server = plan(t).containers.find(({ role }) => role === 'server')!;
  assert.deepEqual(server.volumes, [{ name: 'shop-test-postgres', path: '/var/lib/postgresql/data' }]);
  assert.equal(server.environment.PGDATA, '/var/lib/postgresql/data/pgdata');
  assert.ok(!JSON.stringify(server.command).includes('canary'));
});

function plan(t: TestContext, text = stack) {
  const graph = graphOf(t, text);
  const release = Object.fromEntries(
    ['api', 'web', 'mailer', 'report', 'gateway', 'balancer'].map((service) => [service, artifact(service)]),
  ) satisfies Release;
  const made = planContainers(graph, release, contents);
  return { graph, ...made, containers: made.containers satisfies ContainerPlan[] };
}

function artifact(service: string) {
  const image = { reference: `shop/${service}:aa11`, context: 'app', dockerfile: 'app/Dockerfile', args: {} };
  return { service, hash: 'aa11', path: '/app', image };
}
