import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient } from 'pg';
import { isRetryable } from './postgres-errors.ts';
import type { Server } from './server.ts';

/**
 * Opens a pool of up to `size` connections that closes with `app`. Every wait has a timeout: a lost packet would
 * otherwise block a client forever.
 */
export function openPostgres(app: Server, url: string, size: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // Without a listener, this process would crash when Postgres closes an idle connection.
  pool.on('error', (error) => app.log.warn({ reason: error.message }, 'postgres connection lost'));
  app.addHook('onClose', () => pool.end());
  return pool;
}

/** Runs `work` in one transaction. Runs it again, at most three times in all, if Postgres reports a retryable error. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(pool, work);
    } catch (error) {
      if (attempt === 3 || !isRetryable(error)) throw error;
      // A random delay, so that the two transactions do not conflict again at once.
      await sleep(attempt * (20 + Math.random() * 80));
    }
  }
}

async function attemptTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const markBroken = (error: Error) => {
    broken = error;
  };
  // Without a listener, this process would crash when the connection is lost between two statements.
  client.on('error', markBroken);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A client whose rollback fails has an unknown state: the pool must not reuse it.
    await client.query('rollback').catch(markBroken);
    throw error;
  } finally {
    client.release(broken);
    client.off('error', markBroken);
  }
}
