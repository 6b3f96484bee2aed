import { compare, type Row } from './compare.ts';
import { runLoad } from './load.ts';

/** What a hop adds: latency of one connection, and requests a second of many. */
export async function compareHop(name: string, direct: string, through: string): Promise<Row[]> {
  const measure = async (url: string, connections: number, figure: 'p50' | 'p99' | 'requestsPerSecond') => {
    const figures = await runLoad({ url, method: 'GET', path: '/', connections, seconds: 2 });
    return figures[figure];
  };
  const row = (what: string, unit: Row['unit'], ...how: [number, 'p50' | 'p99' | 'requestsPerSecond']) =>
    compare(`${name}, ${what}`, {
      unit,
      rounds: 5,
      ours: () => measure(through, ...how),
      reference: () => measure(direct, ...how),
    });
  return [
    await row('p50 of one connection', 'ms', 1, 'p50'),
    await row('p99 of one connection', 'ms', 1, 'p99'),
    await row('16 connections', '/s', 16, 'requestsPerSecond'),
  ];
}
