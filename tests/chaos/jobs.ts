import { Redis } from 'ioredis';
import { eventually } from '../../tools/testing/eventually.ts';
import { describeLoad } from './load.ts';
import { randomFrom } from './random.ts';
import type { Row, ScenarioOptions } from './row.ts';
import { countNotifications, startWrites } from './shifts.ts';
import type { System } from './system.ts';

export const name = 'jobs';

/** Minimum number of waiting jobs before the FLUSHALL. */
const WAITING = 20;

/** Kills and flushes Redis while shifts are posted: each acknowledged shift must get exactly one notification. */
export async function run({ short, seed, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  const random = randomFrom(seed);
  const { rate, total, kills } = short
    ? { rate: 40, total: 400, kills: 2 }
    : { rate: 150, total: 10_000, kills: 10 };
  const writes = startWrites(system, 'jobs', rate);
  for (let kill = 1; kill <= kills; kill++) {
    await writes.reach(((kill - random()) * total) / kills);
    const [server = 0] = await system.ready('redis');
    await system.kill('redis', server);
    report(`Redis killed, ${kill} of ${kills}; ${writes.acknowledged.length} shifts acknowledged`);
    // The short form has no time to wait for the reconciler.
    if (!short && kill === kills / 2) report(`FLUSHALL took ${await flushWhileJobsWait(system)} jobs`);
  }
  await writes.reach(total);
  const result = await writes.stop();
  report('waiting for the last notification');
  const begin = performance.now();
  await system.healthy();
  const { lost, doubled } = await countNotifications(system, writes.acknowledged);
  return [
    {
      fault: `Redis killed × ${kills}${short ? '' : ' and one FLUSHALL'}`,
      trials: writes.acknowledged.length,
      lost,
      doubled,
      failed: result.failed,
      healSeconds: (performance.now() - begin) / 1000,
      note: describeLoad(result),
      ok: lost === 0 && doubled === 0,
    },
  ];
}

/** Stops the worker until enough jobs wait, then flushes Redis. Returns the number of lost jobs. */
async function flushWhileJobsWait(system: System): Promise<number> {
  await system.ready('redis');
  const workers = await system.ready('worker');
  const redis = new Redis(system.variable('api', 'REDIS_URL'), { maxRetriesPerRequest: null });
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  try {
    const jobs = await eventually(async () => {
      const waiting = await redis.llen('bull:notifications:wait');
      return waiting >= WAITING && waiting;
    }, 10_000);
    await redis.flushall();
    return jobs;
  } finally {
    for (const pid of workers) process.kill(pid, 'SIGCONT');
    redis.disconnect();
  }
}
