import { harmless } from '../shared/harmful-text.ts';
import type { ShiftEventKind } from '../shared/jobs.ts';
import type { Shift } from '../shared/shift.ts';

const verbs: Record<ShiftEventKind | 'shift.reminder', string> = {
  'shift.created': 'was added',
  'shift.updated': 'was changed',
  'shift.deleted': 'was removed',
  'shift.reminder': 'starts soon',
};

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** Returns a message such as `Ada: shift as barista on Tue 3 Mar 09:00–17:00 was added`, in UTC. */
export function notificationMessage(
  kind: keyof typeof verbs,
  { employee, role, start, end }: Pick<Shift, 'employee' | 'role' | 'start' | 'end'>,
): string {
  const [from, to] = [new Date(start), new Date(end)];
  const when = `${day.format(from).replace(',', '')} ${time.format(from)}–${time.format(to)}`;
  return harmless(`${employee}: shift as ${role} on ${when} ${verbs[kind]}`);
}
