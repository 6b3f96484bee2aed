import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { signalProcess } from '../../infra/common/process-identity.ts';
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
  /** Number of rows that were written before the kill and are lost. */
  lost: number;
  /** Processes that should not run, and services with a wrong number of processes. */
  wrong: string[];
  /** Whether the process had already ended when the step began. */
  hadEnded: boolean;
  /** Commands after the kill that did not exit with code 0. */
  failed: string[];
  healSeconds: number;
}

/** Time limit for the last replicas to drain, in milliseconds. */
const patience = 180_000;

/** Kills one process during `up`, then runs `up` again and checks the result. */
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
    // The pid is looked up in advance, because a lookup takes longer than some moments last.
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

/** Returns the number of lost rows up to `id`. */
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

/** Waits until no process is wrong, since the last replicas of an earlier version may still be draining. */
async function settled(matrix: Matrix): Promise<string[]> {
  const end = performance.now() + patience;
  for (;;) {
    const wrong = wrongProcesses({ root: matrix.system.root, services: matrix.services });
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await sleep(50);
  }
}
