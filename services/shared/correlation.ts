import { randomUUID } from 'node:crypto';

/** Handed on by every hop, from the gateway to the last job, so that one search finds the whole story. */
export const correlationHeader = 'x-correlation-id';

/** The caller's id when it is harmless in a log line and a header, else a new one. */
export function correlationId(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
