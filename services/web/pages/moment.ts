import { html, type Html } from '../html.ts';
import { dateOf, timeOf } from '../week.ts';

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** `14:05 UTC`, with the day when it is another one than that of `now`. */
export function moment(instant: string, now: Date): Html {
  const time = `${timeOf(instant)} UTC`;
  const text = dateOf(instant) === dateOf(now) ? time : `${shortDay.format(new Date(instant))}, ${time}`;
  return html`<time datetime="${instant}">${text}</time>`;
}

/** `5 min`: how long ago `instant` was, in its largest unit. */
export function age(instant: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} days`;
}
