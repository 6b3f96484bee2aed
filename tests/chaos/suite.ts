import * as rolling from './rolling.ts';
import type { Row, Scenario } from './row.ts';
import { System } from './system.ts';

export const scenarios: Scenario[] = [rolling];

/** Runs the scenarios one after the other on one system; whatever becomes of them, nothing is left running. */
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
  try {
    for (const { name, run } of chosen) {
      const report = (line: string) =>
        console.log(`[${((performance.now() - begin) / 1000).toFixed(0)} s] ${name}: ${line}`);
      rows.push(...(await run({ short, seed, report, system }).catch((error: unknown) => [broken(name, error)])));
    }
  } finally {
    await shared?.close();
  }
  return rows;
}

function broken(name: string, error: unknown): Row {
  const figures = { lost: undefined, doubled: undefined, failed: undefined, healSeconds: undefined };
  return { fault: name, trials: 0, ...figures, note: `did not end: ${String(error)}`, ok: false };
}
