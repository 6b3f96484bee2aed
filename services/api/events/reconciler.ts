import type { Pool } from 'pg';
import type { EventJob } from '../../shared/jobs.ts';
import type { Server } from '../../shared/server.ts';
import { findUnanswered } from './outbox.ts';

/** Time between two rounds, in milliseconds. */
const interval = 10_000;
/**
 * Seconds after which an event without a result counts as lost. A short time costs needless queries, never a second
 * job.
 */
const patience = 15;

/**
 * Adds the jobs of events without a result again, until `app` closes: Redis may lose jobs, the outbox does not. A job
 * that still waits, or has failed for good, has the same id and is not added twice. Jobs without an event come from the
 * scheduler, whose next tick adds them again.
 */
export function startReconciler(
  app: Server,
  pool: Pool,
  addJobs: (events: EventJob[]) => Promise<void>,
): void {
  const timer = setInterval(() => {
    reconcile(pool, addJobs, patience).catch((error: unknown) =>
      app.log.warn({ reason: String(error) }, 'reconciliation failed, the next round retries'),
    );
  }, interval);
  app.addHook('onClose', () => clearInterval(timer));
}

/** Runs one round. `patience` is in seconds. */
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
