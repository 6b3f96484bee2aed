import type { Refusal } from './answers.ts';
import { rateLimitKey } from './client.ts';
import type { Bindings, Route } from './environment.ts';

/** Counts one request of a client to a route. Returns a refusal if the client exceeds the route's limit. */
export async function refuseExcess(
  { host = '', path, rateLimit }: Route,
  bindings: Bindings,
  address: string,
): Promise<Refusal | undefined> {
  const limiter = rateLimit && bindings[rateLimit.binding];
  if (limiter === undefined) return undefined;
  const { success } = await limiter.limit({ key: `${host}${path} ${rateLimitKey(address)}` });
  if (success) return undefined;
  return {
    status: 429,
    code: 'rate_limited',
    message: 'Too many requests came from your address in a short time. Please wait a moment.',
    // The binding does not report the end of its window; a whole period is always enough.
    headers: { 'retry-after': String(rateLimit?.period) },
  };
}
