import * as z from 'zod';

const factors = { s: 1, m: 60, h: 3600 } as const;

const expected = 'a duration, such as 30s, 5m or 1h (a bare number counts seconds)';

/** A duration in whole seconds, at most a day. */
export const duration = z
  .union([z.int(expected).min(0, expected), z.string(expected).regex(/^\d{1,6}[smh]$/, expected)], expected)
  .transform((value) => (typeof value === 'number' ? value : inSeconds(value)))
  .refine((seconds) => seconds <= 86_400, 'must be at most 24h');

/** A duration of at least one second. */
export const someTime = duration.refine((seconds) => seconds > 0, 'must be at least 1s');

function inSeconds(text: string): number {
  return parseInt(text, 10) * factors[text.slice(-1) as keyof typeof factors];
}
