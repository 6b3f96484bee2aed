import type { Pool, QueryResultRow } from 'pg';

/** Runs one query. When `signal` aborts, cancels the query in Postgres too, and rejects. */
export async function queryAbortable<Row extends QueryResultRow>(
  pool: Pool,
  text: string,
  values: unknown[],
  signal: AbortSignal,
): Promise<Row[]> {
  const client = await pool.connect();
  let broken = false;
  const markBroken = () => {
    broken = true;
  };
  // Without a listener, a lost connection would crash this process; the query rejects as well.
  client.on('error', markBroken);
  let cancel = () => {};
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    cancel = () => {
      // A late cancellation must not hit the next query of this connection, so the pool discards the connection.
      markBroken();
      // If the cancellation fails, the statement timeout ends the query.
      pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {});
    };
    signal.throwIfAborted();
    signal.addEventListener('abort', cancel);
    return (await client.query<Row>(text, values)).rows;
  } finally {
    signal.removeEventListener('abort', cancel);
    client.off('error', markBroken);
    client.release(broken);
  }
}
