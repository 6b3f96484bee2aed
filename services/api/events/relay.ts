import type { Pool } from 'pg';
import type { EventJob } from '../../shared/jobs.ts';
import { transaction } from '../../shared/postgres.ts';
import type { Server } from '../../shared/server.ts';
import { withTimeout } from '../../shared/timeout.ts';
import { claimEvents, markPublished } from './outbox.ts';

/** Time between two polls of the outbox, in milliseconds: for events of other replicas, and for a lost `wake`. */
const pollInterval = 200;
const maxBackoff = 5_000;
const publishTimeout = 5_000;

export interface Relay {
  /** Polls the outbox now. */
  wake: () => void;
}

/**
 * Publishes the events of the outbox, each at least once, until `app` closes. If `publish` or the database fails, the
 * events stay in the outbox, and the relay retries with a growing delay.
 */
export function startRelay(app: Server, pool: Pool, publish: (events: EventJob[]) => Promise<void>): Relay {
  const stop = new AbortController();
  let wake = () => {};
  let woken = false;

  async function relayOnce(): Promise<number> {
    return transaction(pool, async (client) => {
      const events = await claimEvents(client);
      if (events.length === 0) return 0;
      await withTimeout(publish(events), publishTimeout);
      await markPublished(client, events);
      for (const { kind, eventId, correlationId } of events)
        app.log.info({ kind, eventId, correlationId }, 'published');
      return events.length;
    });
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      woken = false;
      let idle = true;
      try {
        idle = (await relayOnce()) === 0;
        if (failures > 0) app.log.info('relay has recovered');
        failures = 0;
      } catch (error) {
        if (failures++ === 0)
          app.log.warn({ reason: String(error) }, 'relay failed, events wait in the outbox');
      }
      if (failures > 0) await wait(Math.min(pollInterval * 2 ** failures, maxBackoff), false);
      else if (idle && !woken) await wait(pollInterval, true);
    }
  }

  /**
   * Waits for `ms` or until `app` closes. With `canWake`, `wake` ends the wait too; a wait after a failure ignores
   * it.
   */
  function wait(ms: number, canWake: boolean): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stop.signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      stop.signal.addEventListener('abort', end);
      if (canWake) wake = end;
    });
  }

  const running = run();
  app.addHook('onClose', async () => {
    stop.abort();
    await running;
  });
  return {
    wake: () => {
      woken = true;
      wake();
    },
  };
}
