import type { Refusal } from './answers.ts';
import { rateLimitKey } from './client.ts';
import type { Bindings, Route } from './environment.ts';

/** Counts one request of a client to a route; a refusal once there are too many. */
export async function refuseExcess(
  { path, rateLimit }: Route,
  bindings: Bindings,
  address: string,
): Promise<Refusal | undefined> {
  const limiter = rateLimit && bindings[rateLimit.binding];
  if (limiter === undefined) return undefined;
  const { success } = await limiter.limit({ key: `${path} ${rateLimitKey(address)}` });
  if (success) return undefined;
  return {
    status: 429,
    code: 'rate_limited',
    message: 'Too many requests came from your address in a short time. Please wait a moment.',
    // The binding does not tell when its window ends; a whole period is always enough.
    headers: { 'retry-after': String(rateLimit?.period) },
  };
}
