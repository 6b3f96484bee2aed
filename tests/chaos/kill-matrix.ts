import { railhead } from '../railhead.ts';
import { tryCell, type Result } from './kill-matrix-cell.ts';
import { moments } from './kill-matrix-moments.ts';
import { createMatrix } from './kill-matrix-stack.ts';
import { victims } from './kill-matrix-victims.ts';
import { randomFrom } from './random.ts';
import type { Row, ScenarioOptions } from './row.ts';

export const name = 'kill-matrix';

/**
 * Kills each process at each step of `up` with kill -9. Then the next `up` must succeed, a preview after it must find
 * no changes, there must be no surplus process, and no data may be lost.
 */
export async function run({ short, seed, report }: ScenarioOptions): Promise<Row[]> {
  const random = randomFrom(seed);
  const all = shuffle(
    victims.flatMap((victim) => moments.map((moment) => ({ victim, moment }))),
    random,
  );
  const cells = short ? all.slice(0, 4) : all;
  report(`seed ${seed}, ${cells.length} cells`);
  const matrix = await createMatrix();
  try {
    const first = await railhead(matrix.system, 'up').ended;
    if (first.code !== 0) throw new Error(first.output);
    const results: Result[] = [];
    for (const [index, cell] of cells.entries()) {
      const result = await tryCell(matrix, cell, index);
      results.push(result);
      const problems = [
        ...result.failed,
        ...result.wrong,
        ...(result.lost > 0 ? [`lost ${result.lost}`] : []),
      ];
      report(
        `${index + 1}/${cells.length} ${cell.victim.name}, ${cell.moment.name}: healed in ` +
          `${result.healSeconds.toFixed(1)} s${problems.map((problem) => `\n  ${problem}`).join('')}`,
      );
    }
    return toRows(results);
  } finally {
    await railhead(matrix.system, 'down').ended;
    await matrix.system.close();
  }
}

/** Returns one row per victim. Doubled: orphans and surplus processes. Failed: the ups and previews after the kill. */
function toRows(results: Result[]): Row[] {
  return victims.flatMap((victim) => {
    const own = results.filter((result) => result.victim === victim.name);
    if (own.length === 0) return [];
    const sum = (count: (result: Result) => number) =>
      own.reduce((total, result) => total + count(result), 0);
    const [lost, doubled, failed] = [
      sum((result) => result.lost),
      sum(({ wrong }) => wrong.length),
      sum((result) => result.failed.length),
    ];
    const ended = own.filter(({ hadEnded }) => hadEnded).length;
    return {
      fault: `kill -9 of the ${victim.name} during up`,
      trials: own.length,
      lost,
      doubled,
      failed,
      healSeconds: Math.max(...own.map((result) => result.healSeconds)),
      ...(ended > 0 && { note: `${ended} had ended before` }),
      ok: lost + doubled + failed === 0,
    };
  });
}

function shuffle<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
