import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { signalProcess } from '../../infra/targets/process/supervisor/identity.ts';
import { railhead } from '../railhead.ts';
import { wrongProcesses } from '../wrong-processes.ts';
import type { Moment } from './kill-matrix-moments.ts';
import type { Matrix } from './kill-matrix-stack.ts';
import type { Victim } from './kill-matrix-victims.ts';

export interface Cell {
  victim: Victim;
  moment: Moment;
}

export interface Result {
  victim: string;
  /** Rows that were written before the kill and are gone. */
  lost: number;
  /** Processes that should not run, or not that often. */
  wrong: string[];
  /** The step had come, and its process was no longer needed for it. */
  hadEnded: boolean;
  /** What did not end with exit code 0 after the kill. */
  failed: string[];
  healSeconds: number;
}

/** Milliseconds after which the rest of a run that was hit, or the last draining replica, is late. */
const patience = 180_000;

/** One kill, and the next `up`. */
export async function tryCell(matrix: Matrix, { victim, moment }: Cell, id: number): Promise<Result> {
  await write(matrix, id);
  matrix.advance();
  const has = moment.watch(matrix);
  const hit = railhead(matrix.system, 'up');
  const killed = await killAt(matrix, victim, has, hit.isRunning);
  const start = performance.now();
  await hit.ended;
  const failed = killed === 'moment missed' ? [`${moment.name} never came`] : [];
  const next = await railhead(matrix.system, 'up').ended;
  const healSeconds = (performance.now() - start) / 1000;
  if (next.code !== 0) failed.push(`up ended with ${next.code}:\n${next.output}`);
  const preview = await matrix.system.pulumi('preview', '--expect-no-changes');
  if (preview.code !== 0) failed.push(`the preview after it sees changes:\n${preview.output}`);
  return {
    victim: victim.name,
    lost: await lost(matrix, id),
    wrong: await settled(matrix),
    failed,
    hadEnded: killed === 'had ended',
    healSeconds,
  };
}

async function killAt(
  matrix: Matrix,
  victim: Victim,
  has: () => boolean,
  isRunning: () => boolean,
): Promise<'killed' | 'had ended' | 'moment missed'> {
  let pid: number | undefined;
  let looked = 0;
  while (!has()) {
    if (!isRunning()) return 'moment missed';
    // Known before the moment comes, because looking takes longer than some moments last.
    if (performance.now() - looked > 50) {
      pid = victim.pid(matrix);
      looked = performance.now();
    }
    await sleep(2);
  }
  while (pid === undefined && isRunning()) {
    pid = victim.pid(matrix);
    await sleep(2);
  }
  return pid !== undefined && signalProcess(pid, 'SIGKILL') ? 'killed' : 'had ended';
}

async function write(matrix: Matrix, id: number): Promise<void> {
  await sql(matrix, 'insert into written values ($1)', [id]);
}

/** How many of the rows up to `id` are gone. */
async function lost(matrix: Matrix, id: number): Promise<number> {
  const [row] = await sql(matrix, 'select count(*)::integer as count from written', []);
  return id + 1 - (row?.count ?? 0);
}

async function sql(matrix: Matrix, text: string, values: unknown[]): Promise<{ count: number }[]> {
  const client = new Client({ connectionString: matrix.databaseUrl(), connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query<{ count: number }>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The last replicas of an earlier version may still be about to stop. */
async function settled(matrix: Matrix): Promise<string[]> {
  const end = performance.now() + patience;
  for (;;) {
    const wrong = wrongProcesses({ root: matrix.system.root, services: matrix.services });
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await sleep(50);
  }
}
