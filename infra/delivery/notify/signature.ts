import { createHmac } from 'node:crypto';

/** Returns the bytes of a signing key, as the Standard Webhooks specification writes it; undefined if it is none. */
export function keyBytes(key: string): Buffer | undefined {
  const [, text] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(key) ?? [];
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
}

/**
 * Returns the headers that sign a message, by the Standard Webhooks specification.
 *
 * @param id the same for each attempt, so that a receiver can recognise a repeated message
 * @param seconds Unix time of the attempt
 */
export function signatureHeaders(
  key: Buffer,
  { id, seconds, body }: { id: string; seconds: number; body: string },
): Record<string, string> {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
