const wellFormed = /^[\w.-]{1,64}$/;

/** The id that ties the log lines of one request together: the caller's where it is harmless, else a new one. */
export function correlationId(inbound: string | null): string {
  return inbound !== null && wellFormed.test(inbound) ? inbound : crypto.randomUUID();
}
