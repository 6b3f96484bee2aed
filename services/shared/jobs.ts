import { Type, type Static } from 'typebox';
import { Shift } from './shift.ts';

export const shiftEventKinds = ['shift.created', 'shift.updated', 'shift.deleted'] as const;
export type ShiftEventKind = (typeof shiftEventKinds)[number];

/** A change of a shift. `shift` is its state right after the change; for a deleted shift, right before. */
export const ShiftEventJob = Type.Object({
  eventId: Type.String(),
  kind: Type.Enum(shiftEventKinds),
  shift: Shift,
  correlationId: Type.String(),
});
export type ShiftEventJob = Static<typeof ShiftEventJob>;

/** A request for the report on the week that begins on the Monday `week`. */
export const ReportJob = Type.Object({
  eventId: Type.String(),
  kind: Type.Literal('report.requested'),
  report: Type.Object({ id: Type.String(), week: Type.String() }),
  correlationId: Type.String(),
});
export type ReportJob = Static<typeof ReportJob>;

/** An event in the outbox. The event's id is also the job's id, so that adding an event twice creates one job. */
export type EventJob = ShiftEventJob | ReportJob;

/** A job without parameters: `reminders` announces shifts that start soon, `cleanup` deletes old rows. */
export const TickJob = Type.Object({ correlationId: Type.String() });
export type TickJob = Static<typeof TickJob>;
export const remindersJobName = 'reminders';
export const cleanupJobName = 'cleanup';
