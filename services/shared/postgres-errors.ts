/**
 * Interprets the errors of Postgres without its client, which would otherwise be part of every service that answers
 * errors. `code` is an SQLSTATE or, if the connection failed, a code of Node.
 */

/** Returns true if the error means that Postgres is unreachable, starting, stopping or out of resources. */
export function isPostgresUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code !== undefined)
    return /^(08|57P0|53)|^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT)$/.test(code);
  return /^(Connection terminated|Client .* is not queryable|timeout exceeded when trying to connect|Query read timeout)/.test(
    error.message,
  );
}

/** Returns true for a serialization failure or a deadlock: Postgres has undone the transaction, which may run again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && ['40001', '40P01'].includes(codeOf(error) ?? '');
}

function codeOf(error: Error): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
