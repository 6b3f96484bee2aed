import type { Pool } from 'pg';
import type { EventJob } from '../../shared/jobs.ts';
import type { Server } from '../../shared/server.ts';
import { findUnanswered } from './outbox.ts';

/** Milliseconds between two rounds. */
const interval = 10_000;
/** Seconds after which an event that nothing came of counts as lost. Too short costs a look in vain, never a second job. */
const patience = 15;

/**
 * Redis may lose jobs that it had taken; the outbox does not. Adds the jobs of events that nothing came of once more, for
 * as long as `app` lives; one that still waits, or has failed for good, keeps its id and is not added twice. The jobs
 * that are no events are the scheduler's, whose next tick brings them back.
 */
export function startReconciler(
  app: Server,
  pool: Pool,
  addJobs: (events: EventJob[]) => Promise<void>,
): void {
  const timer = setInterval(() => {
    reconcile(pool, addJobs, patience).catch((error: unknown) =>
      app.log.warn({ reason: String(error) }, 'not reconciled, the next round will'),
    );
  }, interval);
  app.addHook('onClose', () => clearInterval(timer));
}

/** One round. `patience` is in seconds. */
export async function reconcile(
  pool: Pool,
  addJobs: (events: EventJob[]) => Promise<void>,
  patience: number,
): Promise<void> {
  let found = await findUnanswered(pool, patience, '0');
  while (found.events.length > 0) {
    await addJobs(found.events);
    found = await findUnanswered(pool, patience, found.last);
  }
}
