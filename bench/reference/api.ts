/** The reference of the api: only its routes for shifts, with Fastify, pg, and the same statements and pool. */
import Fastify from 'fastify';
import { Pool, type PoolClient } from 'pg';

const { HOST = '', PORT = '', DATABASE_URL = '' } = process.env;
const columns = `id, employee, role, start_at as "start", end_at as "end", note,
  created_at as "createdAt", updated_at as "updatedAt"`;
const where = 'where ($1::timestamptz is null or end_at > $1) and ($2::timestamptz is null or start_at < $2)';
const url = '/api/v1/shifts';

const app = Fastify();
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });

app.get('/health', () => ({ status: 'healthy' }));

app.get<{ Querystring: { page: number; pageSize: number } }>(url, async (request) => {
  const { page, pageSize } = request.query;
  const [shifts, count] = await Promise.all([
    pool.query(`select ${columns} from shifts ${where} order by start_at, id limit $3 offset $4`, [
      null,
      null,
      pageSize,
      (page - 1) * pageSize,
    ]),
    pool.query<{ total: number }>(`select count(*)::int as total from shifts ${where}`, [null, null]),
  ]);
  return { data: shifts.rows, meta: { page, pageSize, total: count.rows[0]?.total } };
});

app.post<{ Body: Record<'employee' | 'role' | 'start' | 'end', string> }>(url, async (request, reply) => {
  const { employee, role, start, end } = request.body;
  const shift = await transaction(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into shifts (employee, role, start_at, end_at, note) values ($1, $2, $3, $4, $5) returning ${columns}`,
      [employee, role, start, end, null],
    );
    await client.query(
      'insert into outbox (kind, shift_id, shift, report_id, correlation_id) values ($1, $2, $3, $4, $5)',
      ['shift.created', rows[0]?.id, rows[0], null, request.id],
    );
    return rows[0];
  });
  return reply.code(201).send(shift);
});

await app.listen({ host: HOST, port: Number(PORT) });

async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    client.release();
  }
}
