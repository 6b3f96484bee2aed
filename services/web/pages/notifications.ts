import type { Notification } from '../../shared/notification.ts';
import { html, type Html } from './html.ts';
import { moment } from './moment.ts';

/** Returns the list of notifications, newest first, in the api's order. */
export function notificationList(notifications: readonly Notification[], now: Date): Html {
  if (notifications.length === 0) {
    return html`<p class="muted">No notifications yet. Every change of the rota appears here.</p>`;
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
          ${moment(createdAt, now)}
        </li> `,
    )}
  </ol>`;
}
