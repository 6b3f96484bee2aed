import { compare, type Row } from './compare.ts';
import { type LoadOptions, runLoad } from './load.ts';
import { startProgram, type Program } from './program.ts';
import { startRota } from './rota.ts';

/** More clients than the api caches signatures for. */
const crowd = 10_000;
const path = '/api/v1/shifts';
const shift = {
  employee: 'e{n}',
  role: 'barista',
  start: '2026-03-02T09:00:00Z',
  end: '2026-03-02T17:00:00Z',
};
const seed = `insert into shifts (employee, role, start_at, end_at)
  select 'seed' || n, 'barista', '2026-03-02T09:00Z', '2026-03-02T17:00Z' from generate_series(1, 200) n`;

/** Compares requests per second of the api with a bare Fastify and pg with the same statements on the same database. */
export async function bench(): Promise<Row[]> {
  const rota = await startRota();
  let reference: Program | undefined;
  try {
    reference = await startProgram('bench/reference/api.ts', { DATABASE_URL: rota.databaseUrl }, '/health');
    await rota.sql(seed);
    const rate = async (options: Omit<LoadOptions, 'url'>, { url }: Program) =>
      (await runLoad({ ...options, url })).requestsPerSecond;
    // Requests are signed as the gateway does; the reference does not verify them.
    const common = { connections: 16, seconds: 3, signingKey: rota.privateKey };
    const read = (clients: number) => (program: Program) =>
      rate({ ...common, clients, method: 'GET', path: `${path}?page=1&pageSize=20` }, program);
    const write = (clients: number) => async (program: Program) => {
      await rota.sql('truncate shifts, outbox');
      return rate({ ...common, clients, method: 'POST', path, body: JSON.stringify(shift) }, program);
    };
    const sides = (measure: (program: Program) => Promise<number>, bare: Program) => ({
      unit: '/s' as const,
      rounds: 5,
      ours: () => measure(rota.api),
      reference: () => measure(bare),
    });
    return [
      await compare('api, read', { ...sides(read(1), reference), goal: { atLeast: 0.9 } }),
      await compare('api, read, a crowd', sides(read(crowd), reference)),
      await compare('api, write', { ...sides(write(1), reference), goal: { atLeast: 0.8 } }),
      await compare('api, write, a crowd', sides(write(crowd), reference)),
    ];
  } finally {
    await reference?.stop();
    await rota.close();
  }
}
