import * as deliveryKills from './delivery-kills.ts';
import * as drift from './drift.ts';
import * as healing from './healing.ts';
import * as jobs from './jobs.ts';
import * as killMatrix from './kill-matrix.ts';
import * as partition from './partition.ts';
import * as rolling from './rolling.ts';
import type { Row, Scenario } from './row.ts';
import { System } from './system.ts';
import * as supervisors from './supervisors.ts';
import * as worker from './worker.ts';
import * as writes from './writes.ts';

export const scenarios: Scenario[] = [
  rolling,
  healing,
  supervisors,
  jobs,
  writes,
  worker,
  drift,
  partition,
  killMatrix,
  deliveryKills,
];

/** Runs the scenarios one after the other on one system. Stops the system in the end, even after an error. */
export async function runSuite(
  chosen: Scenario[],
  { short, seed }: { short: boolean; seed: number },
): Promise<Row[]> {
  const begin = performance.now();
  const rows: Row[] = [];
  let shared: System | undefined;
  const system = async () => {
    if (shared === undefined) {
      shared = new System();
      await shared.start();
    }
    await shared.healthy();
    return shared;
  };
  const interrupted = () => void shared?.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    for (const { name, run } of chosen) {
      const report = (line: string) =>
        console.log(`[${((performance.now() - begin) / 1000).toFixed(0)} s] ${name}: ${line}`);
      rows.push(
        ...(await run({ short, seed, report, system }).catch((error: unknown) => [broken(name, error)])),
      );
    }
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await shared?.close();
  }
  return rows;
}

function broken(name: string, error: unknown): Row {
  const figures = { lost: undefined, doubled: undefined, failed: undefined, healSeconds: undefined };
  return { fault: name, trials: 0, ...figures, note: `did not end: ${String(error)}`, ok: false };
}
