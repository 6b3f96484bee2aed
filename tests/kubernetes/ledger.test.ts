import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { KubernetesObject } from '../../infra/targets/kubernetes/manifests.ts';
import { lacksDaemon } from '../../infra/targets/docker/testing/daemon.ts';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { startPostgres, startRedis } from '../servers.ts';
import { apply, rolledOut } from './apply.ts';
import { getObjects, kubectl, lacksCluster } from './cluster.ts';
import { leaveOutUnknown, readObjects } from './definitions.ts';
import { openDoor, startStranger } from './outside.ts';
import { readyPods } from './pods.ts';
import { openFrom } from './reach.ts';
import { createClusterSystem, type ClusterSystem } from './system.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = (await lacksEngine()) ?? (await lacksCluster()) ?? lacksDaemon();

/** Tests a service with a volume and external data servers. The tests depend on their order. */
unless(lack).describe('a service with a volume and external servers', () => {
  const closing: (() => unknown)[] = [];
  let ledger: ClusterSystem;
  let monitor: KubernetesObject | undefined;
  let servers: { postgres: string; redis: string };
  let doors: Record<'postgres' | 'redis' | 'declared' | 'undeclared', { address: string; port: number }>;

  const release = async (version: string) => {
    ledger.system.write('services/ledger/main.ts', program(version));
    await ledger.loadImages();
    const out = await ledger.render();
    monitor = readObjects(join(out, 'ledger.yaml')).find(({ kind }) => kind === 'PodMonitor');
    await leaveOutUnknown(out);
    await apply(`--filename=${join(out, '00-namespace.yaml')}`);
    await apply(`--filename=${out}`);
    await rolledOut(ledger, 'statefulset/ledger');
  };
  const inPod = (script: string) =>
    kubectl('exec', ledger.inNamespace, 'ledger-0', '--', 'sh', '-ec', script);

  beforeAll(async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    closing.push(postgres.close, redis.close);
    servers = { postgres: postgres.url, redis: redis.url };
    const open = async (server?: { port: number }) => {
      const door = await openDoor(server);
      closing.push(door.close);
      return door;
    };
    const portOf = (url: string) => ({ port: Number(new URL(url).port) });
    doors = {
      postgres: await open(portOf(postgres.url)),
      redis: await open(portOf(redis.url)),
      declared: await open(),
      undeclared: await open(),
    };
    const throughDoor = (url: string, { address, port }: { address: string; port: number }) =>
      Object.assign(new URL(url), { host: `${address}:${port}` }).href;
    ledger = await createClusterSystem('ledger', {
      DATABASE_URL: throughDoor(postgres.url, doors.postgres),
      REDIS_URL: throughDoor(redis.url, doors.redis),
    });
    closing.push(() => ledger.close());
    ledger.system.write('stacks/test.yaml', stackFile(doors));
  });
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  test('it starts with the servers that it may connect to', async () => {
    await release('one');
    const database = new Client(servers.postgres);
    await database.connect();
    const { rows } = await database.query('select version from starts').finally(() => database.end());
    assert.deepEqual(rows, [{ version: 'one' }]);
    const redis = new Redis(servers.redis);
    assert.equal(await redis.get('version').finally(() => redis.disconnect()), 'one');
  });

  test('its files survive a new pod and a new version', async () => {
    const ids = "stat -c '%u:%g' /data/line";
    assert.equal((await inPod(`echo written > /data/line; ${ids}`)).trim(), '10001:10001');
    await kubectl('delete', 'pod', 'ledger-0', ledger.inNamespace);
    await rolledOut(ledger, 'statefulset/ledger');
    assert.equal(await inPod('cat /data/line'), 'written\n');
    await release('two');
    assert.equal(await inPod('cat /data/line; cat /data/version'), 'written\ntwo');
  });

  test('it reaches its declared egress, on that port only', async () => {
    const destinations = Object.entries(doors).map(([name, { address: host, port }]) => ({
      name,
      host,
      port,
    }));
    const [pod] = await readyPods(ledger, 'ledger');
    assert.deepEqual(await openFrom(ledger, pod!.name, destinations), ['declared', 'postgres', 'redis']);
  });

  test('Prometheus finds and reads its metrics, other pods cannot', async (t) => {
    const { selector, podMetricsEndpoints } = monitor!.spec as {
      selector: { matchLabels: Record<string, string> };
      podMetricsEndpoints: { port: string; path: string }[];
    };
    const labels = Object.entries(selector.matchLabels).map(([name, value]) => `${name}=${value}`);
    const [pod] = await getObjects<{
      status: { podIP: string };
      spec: { containers: { ports: { name: string; containerPort: number }[] }[] };
    }>('pods', ledger.inNamespace, `--selector=${labels.join()}`);
    const [endpoint] = podMetricsEndpoints;
    const port = pod!.spec.containers[0]!.ports.find(({ name }) => name === endpoint!.port)!.containerPort;
    for (const [namespace, expected] of [
      ['monitoring', ['metrics']],
      ['default', []],
    ] as const) {
      const { name, close } = await startStranger(namespace);
      t.onTestFinished(close);
      const destination = { name: 'metrics', host: pod!.status.podIP, port };
      const open = await openFrom({ inNamespace: `--namespace=${namespace}` }, name, [destination]);
      assert.deepEqual(open, expected, `from ${namespace}`);
    }
  });
});

function stackFile(doors: Record<'postgres' | 'redis' | 'declared', { address: string; port: number }>) {
  const only = ({ address, port }: { address: string; port: number }) => ({ to: `${address}/32`, port });
  const external = (type: 'postgres' | 'redis', secret: string) => ({
    type,
    port: doors[type].port,
    external: { url: `\${{secret.${secret}}}`, network: only(doors[type]).to },
  });
  return {
    name: 'ledger',
    observability: true,
    services: {
      postgres: external('postgres', 'DATABASE_URL'),
      redis: external('redis', 'REDIS_URL'),
      ledger: {
        source: 'services/ledger',
        health: { path: '/health', timeout: '60s' },
        metrics: '/metrics',
        drain: '1s',
        volume: { path: '/data', size: '64Mi' },
        egress: [only(doors.declared)],
        variables: { DATABASE_URL: '${{postgres.DATABASE_URL}}', REDIS_URL: '${{redis.REDIS_URL}}' },
      },
    },
  };
}

const program = (version: string) => `
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Client } from 'pg';

writeFileSync('/data/version', '${version}');
const database = new Client(process.env.DATABASE_URL);
await database.connect();
await database.query("create table if not exists starts as select '${version}' as version");
const redis = new Redis(process.env.REDIS_URL!);
await redis.set('version', '${version}');
const server = createServer((request, response) => response.end()).listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit());
`;
