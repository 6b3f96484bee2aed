import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds. */
const pause = 500;
const patience = 30_000;

export interface Clients {
  /** 2xx answers so far. */
  answered(): number;
  /** Resolves to what came instead of a 2xx answer, once everybody has one. */
  stop(): Promise<string[]>;
}

/**
 * 50 clients that ask twice a second, but wait for an answer before they ask again. They find out what an update breaks,
 * not how much the machine bears: connections without end would end Docker's proxy of the port, which never comes back
 * once it has used up the files that the daemon may open (moby/moby#6402), six for each.
 *
 * @param pathOf gets the number of the request
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

  async function goOn(index: number): Promise<void> {
    await sleep(index * 10);
    while (!stopped) await Promise.all([ask(), sleep(pause)]);
  }

  const clients = Array.from({ length: 50 }, (_, index) => goOn(index));
  return {
    answered: () => answers,
    async stop() {
      stopped = true;
      await Promise.all(clients);
      return failures;
    },
  };
}
