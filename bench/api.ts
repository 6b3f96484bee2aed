import { createGatewaySigner, gatewaySignature } from '../services/shared/gateway-signature.ts';
import { compare, type Row } from './compare.ts';
import { runLoad } from './load.ts';
import { startProgram, type Program } from './program.ts';
import { startRota } from './rota.ts';

const load = { connections: 16, seconds: 3 } as const;
const path = '/api/v1/shifts';
const shift = {
  employee: 'e{n}',
  role: 'barista',
  start: '2026-03-02T09:00:00Z',
  end: '2026-03-02T17:00:00Z',
};
const seed = `insert into shifts (employee, role, start_at, end_at)
  select 'seed' || n, 'barista', '2026-03-02T09:00Z', '2026-03-02T17:00Z' from generate_series(1, 200) n`;

/** Requests a second of the api and of a bare Fastify with pg that runs the same statements on the same database. */
export async function bench(): Promise<Row[]> {
  const rota = await startRota();
  let reference: Program | undefined;
  try {
    reference = await startProgram('bench/reference/api.ts', { DATABASE_URL: rota.databaseUrl }, '/health');
    await rota.sql(seed);
    const sign = await createGatewaySigner(rota.privateKey);
    // As the gateway sends them: the reference has nothing to check.
    const signed = async (method: 'GET' | 'POST', target: string) => {
      const client = '127.0.0.1';
      const signature = await sign({ method, target, client });
      const headers = { [gatewaySignature]: signature, 'x-forwarded-for': client };
      return { method, path: target, headers };
    };
    const read = async ({ url }: Program) => {
      const options = { ...load, url, ...(await signed('GET', `${path}?page=1&pageSize=20`)) };
      return (await runLoad(options)).requestsPerSecond;
    };
    const write = async ({ url }: Program) => {
      await rota.sql('truncate shifts, outbox');
      const options = { ...load, url, ...(await signed('POST', path)), body: JSON.stringify(shift) };
      return (await runLoad(options)).requestsPerSecond;
    };
    const sides = (measure: (program: Program) => Promise<number>, bare: Program) => ({
      unit: '/s' as const,
      rounds: 5,
      ours: () => measure(rota.api),
      reference: () => measure(bare),
    });
    return [
      await compare('api, read', { ...sides(read, reference), goal: { atLeast: 0.9 } }),
      await compare('api, write', { ...sides(write, reference), goal: { atLeast: 0.8 } }),
    ];
  } finally {
    await reference?.stop();
    await rota.close();
  }
}
