import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { readSpec } from '../../infra/supervisor/files.ts';
import { describeLoad } from './load.ts';
import { randomFrom } from './random.ts';
import type { Row, ScenarioOptions } from './row.ts';
import { countNotifications, startWrites } from './shifts.ts';
import type { System } from './system.ts';

export const name = 'worker';

/** Milliseconds between two kills. */
const EVERY = 2_000;
/** Milliseconds between two ticks of the scheduler. */
const TICK = 5 * 60_000;

/** Kills the worker and starts the scheduler repeatedly: each job must run once. */
export async function run({ short, seed, report, system: open }: ScenarioOptions): Promise<Row[]> {
  const system = await open();
  return [
    await killWorkers(system, short ? 4 : 30, randomFrom(seed), report),
    await startSchedulers(system, short ? 2 : 12, report),
  ];
}

async function killWorkers(
  system: System,
  kills: number,
  random: () => number,
  report: (line: string) => void,
): Promise<Row> {
  const writes = startWrites(system, 'worker', 20);
  let killed = 0;
  for (let turn = 1; turn <= kills; turn++) {
    await sleep(EVERY);
    const alive = system.status('worker').replicas.filter(({ pid }) => pid !== 0);
    const victim = alive[Math.floor(random() * alive.length)];
    if (victim === undefined) continue;
    process.kill(victim.pid, 'SIGKILL');
    killed += 1;
  }
  const result = await writes.stop();
  const begin = performance.now();
  report(`the worker was killed ${killed} times; waiting for the last notification`);
  await system.healthy();
  const { lost, doubled } = await countNotifications(system, writes.acknowledged);
  return {
    fault: `worker killed every ${EVERY / 1000} s for ${(kills * EVERY) / 1000} s`,
    trials: writes.acknowledged.length,
    lost,
    doubled,
    failed: result.failed,
    healSeconds: (performance.now() - begin) / 1000,
    note: `${killed} kills; ${describeLoad(result)}`,
    ok: lost === 0 && doubled === 0 && result.failed === 0,
  };
}

/**
 * Starts three processes at once for each tick. Their clocks start at its beginning, so that no run extends into the
 * next.
 */
async function startSchedulers(system: System, ticks: number, report: (line: string) => void): Promise<Row> {
  report(`the scheduler started three times for each of ${ticks} ticks`);
  const redis = new Redis(system.variable('scheduler', 'REDIS_URL'));
  let lost = 0;
  let doubled = 0;
  try {
    for (let tick = 1; tick <= ticks; tick++) {
      const begin = (Math.floor(Date.now() / TICK) - tick) * TICK;
      const late = Date.now() - begin;
      await Promise.all(Array.from({ length: 3 }, () => runScheduler(system, late)));
      const events = await redis.xrange('bull:notifications:events', '-', '+');
      const jobId = `reminders-${nameOf(begin)}`;
      const added = events.filter(([, fields]) => isAdded(fields, jobId)).length;
      if (added === 0) lost += 1;
      if (added > 1) doubled += 1;
    }
  } finally {
    redis.disconnect();
  }
  return {
    fault: 'scheduler started three times per tick',
    trials: ticks,
    lost,
    doubled,
    failed: undefined,
    healSeconds: undefined,
    ok: lost === 0 && doubled === 0,
  };
}

/** Runs the scheduler as its supervisor does, with a clock that is `late` milliseconds behind. */
async function runScheduler(system: System, late: number): Promise<void> {
  const spec = readSpec(system.folder('scheduler'));
  if (spec === undefined) throw new Error('the scheduler has no spec');
  const env = { ...spec.env, RAILWAY_REPLICA_ID: 'scheduler-1', NODE_OPTIONS: `--import=${behind(late)}` };
  const command = typeof spec.command === 'string' ? spec.command : spec.command.join(' ');
  const child = spawn(command, { shell: true, cwd: spec.cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the scheduler ended with ${code}`);
}

/** Returns the URL of a module that sets the clock of its process back. */
function behind(late: number): string {
  const now = `Real.now() - ${late}`;
  const code = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...parts) { if (parts.length > 0) super(...parts); else super(${now}); }
    static now() { return ${now}; } };`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** Returns the name of a tick, as the scheduler uses it in job ids. */
function nameOf(begin: number): string {
  return new Date(begin).toISOString().slice(0, 16).replace(/[-:]/g, '');
}

/** Returns true if a stream entry reports that the job was added. `fields` has names and values alternately. */
function isAdded(fields: string[], jobId: string): boolean {
  return fields[fields.indexOf('event') + 1] === 'added' && fields[fields.indexOf('jobId') + 1] === jobId;
}
