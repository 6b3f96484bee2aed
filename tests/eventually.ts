import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `attempt` until it returns something truthy, and throws its last error (or says so) after `limit` milliseconds: an end
 * for what would otherwise never happen, not a measure of how soon it does on a busy machine.
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
