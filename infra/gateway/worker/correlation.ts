const wellFormed = /^[\w.-]{1,64}$/;

/** Returns the id that links the log lines of one request: the client's id if it is well-formed, else a new one. */
export function correlationId(inbound: string | null): string {
  return inbound !== null && wellFormed.test(inbound) ? inbound : crypto.randomUUID();
}
