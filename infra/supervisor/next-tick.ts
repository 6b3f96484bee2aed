import type { Cron } from 'croner';

/** No clock is set back by more minutes than this. */
const longestShift = 120;

/**
 * Returns the next time of a schedule after `from`; undefined if there is none. As on Kubernetes, a local time that occurs
 * twice is due twice, and one that does not exist is not due: croner returns the former once and moves the latter.
 */
export function nextTick(schedule: Cron, from: Date, timezone?: string): Date | undefined {
  const next = schedule.nextRun(from) ?? undefined;
  if (timezone === undefined || next === undefined) return next;
  // Only a time that croner returned shortly before can occur again before its next one.
  const minute = 60_000;
  const first = (Math.floor(from.getTime() / minute) + 1) * minute;
  const last = Math.min(next.getTime(), first + longestShift * minute);
  for (let time = first; time < last; time += minute) {
    if (schedule.match(new Date(time))) return new Date(time);
  }
  return schedule.match(next) ? next : nextTick(schedule, next, timezone);
}
