import { Type, type Static } from 'typebox';
import { Shift } from './shift.ts';

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

/** Somebody wants the hours of the week that begins on the Monday `week`. */
export const ReportJob = Type.Object({
  eventId: Type.String(),
  kind: Type.Literal('report.requested'),
  report: Type.Object({ id: Type.String(), week: Type.String() }),
  correlationId: Type.String(),
});
export type ReportJob = Static<typeof ReportJob>;

/** What the outbox holds. The event's id is the job's id, so that an event that is added twice is one job. */
export type EventJob = ShiftEventJob | ReportJob;

/** A job that says all by its name: `reminders` looks for shifts that start soon, `cleanup` for what is too old. */
export const TickJob = Type.Object({ correlationId: Type.String() });
export type TickJob = Static<typeof TickJob>;
export const remindersJobName = 'reminders';
export const cleanupJobName = 'cleanup';
