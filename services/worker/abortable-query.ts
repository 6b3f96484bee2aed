import type { Pool, QueryResultRow } from 'pg';

/** One query that ends in Postgres, not only here, when `signal` aborts; it rejects then. */
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
  // Without a listener, a connection that is lost would end this process; the query rejects as well.
  client.on('error', markBroken);
  let cancel = () => {};
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    cancel = () => {
      // A cancellation that comes late must not hit the next query of this connection.
      markBroken();
      // A statement that cannot be cancelled ends by its own timeout.
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
