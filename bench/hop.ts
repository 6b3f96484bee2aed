import { compare, type Goal, type Row } from './compare.ts';
import { runLoad } from './load.ts';

type Figure = 'p50' | 'p99' | 'requestsPerSecond';

/** Measures the cost of a hop: latency of one connection (with `goal`), and requests per second of many connections. */
export async function compareHop(
  name: string,
  reference: string,
  ours: string,
  { goal, path = '/' }: { goal?: Goal; path?: string } = {},
): Promise<Row[]> {
  const measure = async (url: string, connections: number, figure: Figure) => {
    const figures = await runLoad({ url, method: 'GET', path, connections, seconds: 2 });
    return figures[figure];
  };
  const row = (what: string, unit: Row['unit'], connections: number, figure: Figure, goal?: Goal) =>
    compare(`${name}, ${what}`, {
      unit,
      rounds: 5,
      ours: () => measure(ours, connections, figure),
      reference: () => measure(reference, connections, figure),
      ...(goal && { goal }),
    });
  return [
    await row('p50 of one connection', 'ms', 1, 'p50', goal),
    await row('p99 of one connection', 'ms', 1, 'p99', goal),
    await row('16 connections', '/s', 16, 'requestsPerSecond'),
  ];
}
