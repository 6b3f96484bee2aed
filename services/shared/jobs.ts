import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { Type, type Static } from 'typebox';

export const queueName = 'notifications';

export const Shift = Type.Object({
  id: Type.String(),
  employee: Type.String(),
  role: Type.String(),
  start: Type.String(),
  end: Type.String(),
  note: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
/** Times are ISO 8601 in UTC. */
export type Shift = Static<typeof Shift>;

export const shiftEventKinds = ['shift.created', 'shift.updated', 'shift.deleted'] as const;
export type ShiftEventKind = (typeof shiftEventKinds)[number];

/** Something happened to a shift; `shift` is how it was right after (before, for a deleted one). */
export const ShiftEventJob = Type.Object({
  eventId: Type.String(),
  kind: Type.Enum(shiftEventKinds),
  shift: Shift,
  correlationId: Type.String(),
});
export type ShiftEventJob = Static<typeof ShiftEventJob>;

/** The job name of the tick that looks for shifts that start soon. */
export const remindersJobName = 'reminders';
export const RemindersJob = Type.Object({ correlationId: Type.String() });
export type RemindersJob = Static<typeof RemindersJob>;

/** The producer's side of the queue. The connection stays the caller's to close. */
export function notificationsQueue(connection: Redis): Queue<ShiftEventJob | RemindersJob> {
  return new Queue(queueName, {
    connection,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 5_000 },
      removeOnComplete: { age: 3_600, count: 1_000 },
      removeOnFail: { age: 7 * 24 * 3_600 },
    },
  });
}

/** The event's id is the job's id, so that an event that is added twice is one job. */
export async function addShiftEvents(queue: Queue, events: ShiftEventJob[]): Promise<void> {
  await queue.addBulk(events.map((data) => ({ name: data.kind, data, opts: { jobId: data.eventId } })));
}
