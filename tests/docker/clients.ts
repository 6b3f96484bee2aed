import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds. */
const pause = 500;
const patience = 30_000;

export interface Clients {
  /** Returns the number of 2xx responses so far. */
  answered(): number;
  /** Stops the clients. Resolves to the failures once every request has ended. */
  stop(): Promise<string[]>;
}

/**
 * Starts 50 clients that send two requests a second, each after the response to the previous one. They detect
 * failures during an update and do not test the capacity: too many connections would crash Docker's proxy of the port
 * for good, which uses six files per connection and does not recover once the daemon has no files left
 * (moby/moby#6402).
 *
 * @param pathOf returns the path of the request with this number
 */
export function startClients(url: string, pathOf: (index: number) => string): Clients {
  const failures: string[] = [];
  let answers = 0;
  let sent = 0;
  let stopped = false;

  async function ask(): Promise<void> {
    const path = pathOf(sent++);
    try {
      const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(patience) });
      await response.arrayBuffer();
      if (response.ok) answers++;
      else failures.push(`${path}: status ${response.status}`);
    } catch (error) {
      const { message, cause } = error as Error;
      failures.push(`${path}: ${cause instanceof Error ? cause.message : message}`);
    }
  }

  async function runClient(index: number): Promise<void> {
    await sleep(index * 10);
    while (!stopped) await Promise.all([ask(), sleep(pause)]);
  }

  const clients = Array.from({ length: 50 }, (_, index) => runClient(index));
  return {
    answered: () => answers,
    async stop() {
      stopped = true;
      await Promise.all(clients);
      return failures;
    },
  };
}
