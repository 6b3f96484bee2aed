import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `attempt` until it returns a truthy value, and returns that. After `limit` milliseconds throws the last
 * error of `attempt`, or a timeout error. The limit only ends a wait that would never succeed; it does not test for
 * speed.
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  limit = 60_000,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const end = Date.now() + limit;
  let failure: unknown = new Error(`it did not happen within ${limit} ms`);
  while (Date.now() < end) {
    try {
      const result = await attempt();
      if (result) return result as Exclude<T, false | null | undefined | 0 | ''>;
    } catch (error) {
      failure = error;
    }
    await sleep(20);
  }
  throw failure;
}
