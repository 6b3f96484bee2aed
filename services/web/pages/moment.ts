import { dateOf, timeOf } from '../weeks/week.ts';
import { html, type Html } from './html.ts';

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Returns the time, for example `14:05 UTC`, with the date if it is not the date of `now`. */
export function moment(instant: string, now: Date): Html {
  const time = `${timeOf(instant)} UTC`;
  const text = dateOf(instant) === dateOf(now) ? time : `${shortDay.format(new Date(instant))}, ${time}`;
  return html`<time datetime="${instant}">${text}</time>`;
}

/** Returns the time since `instant` in its largest unit, for example `5 min`. */
export function age(instant: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} days`;
}
