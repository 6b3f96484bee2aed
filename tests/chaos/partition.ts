import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../../tools/testing/eventually.ts';
import { postShift } from '../live/rota.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { describeLoad } from './load.ts';
import type { Row, ScenarioOptions } from './row.ts';
import { countNotifications, shiftOf, startWrites } from './shifts.ts';
import type { System } from './system.ts';

export const name = 'partition';

interface Partition {
  fault: string;
  seconds: number;
  begin: (proxy: FaultProxy) => void;
}

/** Breaks the network between Redis and its clients: the worker must resume afterwards, and no event may be lost. */
export async function run({ short, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const redis = new URL(system.variable('api', 'REDIS_URL'));
  const proxy = await startFaultProxy({ host: redis.hostname, port: Number(redis.port) });
  const undo = system.edit('stacks/rota.dev.yaml', (text) =>
    text.replace(
      /^( {2}(?:api|worker):\n)/gm,
      `$1    variables: { REDIS_URL: "redis://default:\${{redis.REDISPASSWORD}}@127.0.0.1:${proxy.port}" }\n`,
    ),
  );
  try {
    await system.mustRun('npm', 'run', 'up');
    const rows: Row[] = [];
    for (const partition of partitions(short)) {
      report(partition.fault);
      rows.push(await partitionOnce(system, proxy, partition));
    }
    return rows;
  } finally {
    proxy.fail(undefined);
    undo();
    await system.mustRun('npm', 'run', 'up');
    proxy.close();
  }
}

function partitions(short: boolean): Partition[] {
  const drop = (seconds: number): Partition => ({
    fault: `network to Redis drops all for ${seconds} s`,
    seconds,
    begin: (proxy) => proxy.fail({ kind: 'drop' }),
  });
  const halfOpen: Partition = {
    fault: 'connections to Redis half-open',
    seconds: 5,
    begin: (proxy) => proxy.abandon(),
  };
  if (short) return [drop(5), halfOpen];
  return [
    drop(10),
    drop(60),
    {
      fault: 'network to Redis resets for 20 s',
      seconds: 20,
      begin: (proxy) => proxy.fail({ kind: 'reset' }),
    },
    {
      fault: '2 s latency to Redis and back for 30 s',
      seconds: 30,
      begin: (proxy) => proxy.fail({ kind: 'latency', ms: 2_000 }),
    },
    halfOpen,
  ];
}

async function partitionOnce(
  system: System,
  proxy: FaultProxy,
  { fault, seconds, begin }: Partition,
): Promise<Row> {
  await system.healthy();
  const { worker } = system.pids();
  const writes = startWrites(system, fault, 10);
  await sleep(1_000);
  begin(proxy);
  await sleep(seconds * 1000);
  proxy.fail(undefined);
  const healed = performance.now();
  const resumed = await resumes(system, fault).then(
    () => (performance.now() - healed) / 1000,
    () => Infinity,
  );
  const result = await writes.stop();
  const { lost, doubled } = await countNotifications(system, writes.acknowledged);
  const complete = (performance.now() - healed) / 1000;
  // The worker must resume without a restart by its watchdog.
  const isSame = isDeepStrictEqual(system.pids().worker, worker);
  return {
    fault,
    trials: writes.acknowledged.length,
    lost,
    doubled,
    failed: result.failed,
    healSeconds: resumed,
    note: `${isSame ? '' : 'another worker; '}last notification after ${complete.toFixed(0)} s; ${describeLoad(result)}`,
    ok: lost === 0 && doubled === 0 && resumed < Infinity && isSame,
  };
}

/** Posts a shift and waits for its notification. */
async function resumes(system: System, label: string): Promise<void> {
  const { id } = await eventually(() => postShift(system.url, shiftOf(`${label} resumed`)), 120_000);
  await eventually(async () => {
    const found = await system.sql('select from notifications where shift_id = $1', [id]);
    return found.length > 0;
  }, 120_000);
}
