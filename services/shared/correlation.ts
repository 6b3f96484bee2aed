import { randomUUID } from 'node:crypto';

/** Header that every hop passes on, from the gateway to the last job, so that one search finds all log lines. */
export const correlationHeader = 'x-correlation-id';

/** Returns the caller's id if it is safe in a log line and a header, else a new id. */
export function correlationId(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
