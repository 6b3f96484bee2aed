import type { Part } from './breakdown/parts.ts';

/** The bound for the ratio of our figure to the reference. */
export type Goal = { atMost: number } | { atLeast: number };

export interface Row {
  name: string;
  unit: 'ms' | '/s';
  /** Medians. */
  ours: number;
  reference: number;
  /** Our figure divided by the reference, per round. */
  ratio: { median: number; min: number; max: number };
  /** Absent if the figure is for information only. */
  goal?: Goal;
  /** Where the time of one further run of each side went. */
  parts?: Part[];
}

interface Comparison {
  unit: Row['unit'];
  goal?: Goal;
  rounds: number;
  /** Each measures its side once and returns the figure in `unit`. */
  ours: () => Promise<number>;
  reference: () => Promise<number>;
}

/**
 * Measures both sides alternately, so that a slower machine affects both. The first round is a warm-up and does not
 * count.
 */
export async function compare(name: string, comparison: Comparison): Promise<Row> {
  const { unit, goal, rounds, ours, reference } = comparison;
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { reference: await reference(), ours: await ours() };
    console.error(
      `${name}: ${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}, ${describe(pair, unit)}`,
    );
    if (round > 0) pairs.push(pair);
  }
  return summarise(name, unit, pairs, goal);
}

export interface Pair {
  ours: number;
  reference: number;
}

export function summarise(name: string, unit: Row['unit'], pairs: Pair[], goal?: Goal): Row {
  const ratios = pairs.map(({ ours, reference }) => ours / reference);
  return {
    name,
    unit,
    ours: median(pairs.map(({ ours }) => ours)),
    reference: median(pairs.map(({ reference }) => reference)),
    ratio: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
    ...(goal && { goal }),
  };
}

/** Returns the duration of `work` in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

function describe({ ours, reference }: Pair, unit: Row['unit']): string {
  return `${ours.toFixed(1)} ${unit} against ${reference.toFixed(1)} ${unit}`;
}
