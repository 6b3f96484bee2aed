import type { Pool } from 'pg';
import type { ShiftEventJob } from '../../shared/jobs.ts';
import type { Server } from '../../shared/server.ts';
import { findUnanswered, forgetPublished } from './outbox.ts';

/** Milliseconds between two rounds. */
const interval = 30_000;
/** Seconds after which an event without notification counts as lost: more than all attempts of a job take. */
const patience = 60;
const keepDays = 7;

/**
 * Redis may lose jobs that it had taken; the outbox does not. Adds the jobs of events that nothing came of once more, for
 * as long as `app` lives; one that still waits, or has failed for good, keeps its id and is not added twice.
 */
export function startReconciler(
  app: Server,
  pool: Pool,
  addJobs: (events: ShiftEventJob[]) => Promise<void>,
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
  addJobs: (events: ShiftEventJob[]) => Promise<void>,
  patience: number,
): Promise<void> {
  const events = await findUnanswered(pool, patience);
  if (events.length > 0) await addJobs(events);
  await forgetPublished(pool, keepDays);
}
