import type { Pool, PoolClient } from 'pg';
import type { EmployeeHours, Report } from '../../shared/report.ts';
import { offset, type Page } from '../../shared/page.ts';

const columns = `id, week::text, employees, created_at as "createdAt", completed_at as "completedAt"`;

type Row = Omit<Report, 'createdAt' | 'completedAt'> & { createdAt: Date; completedAt: Date | null };

/** Lists reports, newest first. */
export async function listReports(pool: Pool, page: Page): Promise<{ reports: Report[]; total: number }> {
  const [rows, count] = await Promise.all([
    pool.query<Row>(`select ${columns} from reports order by created_at desc, id desc limit $1 offset $2`, [
      page.pageSize,
      offset(page),
    ]),
    pool.query<{ total: number }>('select count(*)::int as total from reports'),
  ]);
  return { reports: rows.rows.map(toReport), total: count.rows[0]?.total ?? 0 };
}

/** Inserts a report on the week that contains the date `day`. Returns undefined if a report with this key exists. */
export async function insertReport(
  client: PoolClient,
  day: string,
  key: string | undefined,
): Promise<Report | undefined> {
  const { rows } = await client.query<Row>(
    `insert into reports (week, idempotency_key) values (date_trunc('week', $1::date)::date, $2)
     on conflict (idempotency_key) do nothing returning ${columns}`,
    [day, key],
  );
  return rows[0] && toReport(rows[0]);
}

/** Returns the report with this key, and whether its week contains the date `day`. */
export async function findByKey(client: PoolClient, day: string, key: string | undefined) {
  const { rows } = await client.query<Row & { sameWeek: boolean }>(
    `select ${columns}, week = date_trunc('week', $1::date)::date as "sameWeek"
     from reports where idempotency_key = $2`,
    [day, key],
  );
  const { sameWeek, ...row } = rows[0]!;
  return { sameWeek, report: toReport(row) };
}

/** Stores the first result and ignores later ones. Returns undefined if no such report exists. */
export async function completeReport(
  pool: Pool,
  id: string,
  employees: EmployeeHours[],
): Promise<Report | undefined> {
  const { rows } = await pool.query<Row>(
    `update reports set employees = coalesce(employees, $2), completed_at = coalesce(completed_at, now())
     where id = $1 returning ${columns}`,
    [id, JSON.stringify(employees)],
  );
  return rows[0] && toReport(rows[0]);
}

function toReport(row: Row): Report {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
  };
}
