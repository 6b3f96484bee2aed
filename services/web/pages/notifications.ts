import type { Notification } from '../api/schema.ts';
import { html, type Html } from '../html.ts';
import { dateOf, timeOf } from '../week.ts';

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Newest first, as the api gives them. */
export function notificationList(notifications: readonly Notification[], now: Date): Html {
  if (notifications.length === 0) {
    return html`<p class="muted">Nothing yet. Every change of the rota is told here.</p>`;
  }
  return html`<ol class="news">
    ${notifications.map(
      ({ id, kind, message, createdAt }) =>
        html`<li
          id="news-${id}"
          data-version="${createdAt}"
          class="${kind.replace(/[^a-z.]/g, '').replaceAll('.', '-')}"
        >
          <p>${message}</p>
          <time datetime="${createdAt}">${when(createdAt, now)}</time>
        </li> `,
    )}
  </ol>`;
}

/** `14:05 UTC`, with the day when it is another one. */
function when(instant: string, now: Date): string {
  const time = `${timeOf(instant)} UTC`;
  return dateOf(instant) === dateOf(now) ? time : `${shortDay.format(new Date(instant))}, ${time}`;
}
