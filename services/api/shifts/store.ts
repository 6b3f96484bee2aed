import type { Pool, PoolClient } from 'pg';
import type { VersionedShift } from '../../shared/shift.ts';
import { offset } from '../../shared/page.ts';
import type { NewShift, ShiftChanges, ShiftQuery } from './schema.ts';
import type { VersionCheck } from './version.ts';

const columns = `id, employee, role, start_at as "start", end_at as "end", note, version,
  created_at as "createdAt", updated_at as "updatedAt"`;

type Row = Omit<VersionedShift, 'start' | 'end' | 'createdAt' | 'updatedAt'> &
  Record<'start' | 'end' | 'createdAt' | 'updatedAt', Date>;

export async function listShifts(
  pool: Pool,
  query: ShiftQuery,
): Promise<{ shifts: VersionedShift[]; total: number }> {
  const where =
    'where ($1::timestamptz is null or end_at > $1) and ($2::timestamptz is null or start_at < $2)';
  const range = [utc(query.from), utc(query.to)];
  const [page, count] = await Promise.all([
    pool.query<Row>(`select ${columns} from shifts ${where} order by start_at, id limit $3 offset $4`, [
      ...range,
      query.pageSize,
      offset(query),
    ]),
    pool.query<{ total: number }>(`select count(*)::int as total from shifts ${where}`, range),
  ]);
  return { shifts: page.rows.map(toShift), total: count.rows[0]?.total ?? 0 };
}

/** Returns the shift, or undefined if no shift has this id. */
export async function findShift(pool: Pool, id: string): Promise<VersionedShift | undefined> {
  const { rows } = await pool.query<Row>(`select ${columns} from shifts where id = $1`, [id]);
  return rows[0] && toShift(rows[0]);
}

export async function insertShift(client: PoolClient, shift: NewShift): Promise<VersionedShift> {
  const { rows } = await client.query<Row>(
    `insert into shifts (employee, role, start_at, end_at, note) values ($1, $2, $3, $4, $5) returning ${columns}`,
    values(shift),
  );
  return toShift(rows[0]!);
}

/** Returns the changed shift, or undefined if no shift has this id. */
export async function updateShift(
  client: PoolClient,
  id: string,
  changes: ShiftChanges,
  check: VersionCheck,
): Promise<VersionedShift | undefined> {
  const found = await lockShift(client, id, check);
  if (!found) return undefined;
  const { rows } = await client.query<Row>(
    `update shifts set employee = $2, role = $3, start_at = $4, end_at = $5, note = $6, updated_at = now()
     where id = $1 returning ${columns}`,
    [id, ...values({ ...found, ...changes })],
  );
  return toShift(rows[0]!);
}

/** Returns the deleted shift, or undefined if no shift has this id. */
export async function deleteShift(
  client: PoolClient,
  id: string,
  check: VersionCheck,
): Promise<VersionedShift | undefined> {
  const found = await lockShift(client, id, check);
  if (found) await client.query('delete from shifts where id = $1', [id]);
  return found;
}

/** Locks the shift until the transaction ends, and checks its version. */
async function lockShift(
  client: PoolClient,
  id: string,
  check: VersionCheck,
): Promise<VersionedShift | undefined> {
  const { rows } = await client.query<Row>(`select ${columns} from shifts where id = $1 for update`, [id]);
  if (rows[0]) check(rows[0].version);
  return rows[0] && toShift(rows[0]);
}

function values({ employee, role, start, end, note }: NewShift): (string | null)[] {
  return [employee.trim(), role.trim(), start, end, note?.trim() || null];
}

function toShift(row: Row): VersionedShift {
  return {
    ...row,
    start: row.start.toISOString(),
    end: row.end.toISOString(),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function utc(value: string | undefined): string | null {
  return value === undefined ? null : new Date(value).toISOString();
}
