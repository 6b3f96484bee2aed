import type { Notification } from '../../shared/notification.ts';
import type { Shift } from '../../shared/shift.ts';
import { rotaOf } from '../weeks/rota.ts';
import { addDays, dateOf, type Week } from '../weeks/week.ts';
import { html, type Html } from './html.ts';
import { editor, type EditorState } from './editor.ts';
import { grid } from './grid.ts';
import { type AssetUrl, layout } from './layout.ts';
import { notificationList } from './notifications.ts';

export interface WeekPage {
  week: Week;
  shifts: readonly Shift[];
  notifications: readonly Notification[];
  editor: EditorState;
  now: Date;
  asset: AssetUrl;
}

/** Returns the page of one week with its editor. The browser replaces elements with `data-live` when shifts change. */
export function weekPage({ week, shifts, notifications, editor: state, now, asset }: WeekPage): string {
  const rota = rotaOf(week, shifts);
  return layout({
    title: `Rota, ${week.title}`,
    asset,
    status: html`<p class="live" id="live" role="status" data-state="connecting" hidden>Connecting</p>`,
    main: html` <div class="bar">
        <div>
          <h1>${week.title}</h1>
          <p class="muted" id="summary" data-live>${summary(rota.rows.length, shifts.length, rota.hours)}</p>
        </div>
        ${navigation(week, dateOf(now))}
      </div>
      <div class="columns">
        <section
          class="rota"
          id="rota"
          data-live
          data-url="/weeks/${week.monday}"
          aria-label="Shifts of this week"
        >
          ${shifts.length === 0 ? emptyWeek(week) : grid(week, rota, dateOf(now))}
        </section>
        <aside class="side">
          ${editor(state, { week, shifts })}
          <section class="card" aria-labelledby="news-title">
            <h2 id="news-title">Notifications</h2>
            <div id="news" data-live>${notificationList(notifications, now)}</div>
          </section>
        </aside>
      </div>
      <p class="hidden" id="announce" role="status"></p>`,
  });
}

function summary(people: number, shifts: number, hours: number): string {
  const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
  const total = Math.round(hours * 100) / 100;
  const parts = [
    counted(shifts, 'shift', 'shifts'),
    counted(people, 'person', 'people'),
    counted(total, 'hour', 'hours'),
  ];
  return shifts === 0 ? 'All times are UTC' : `${parts.join(' · ')} · all times are UTC`;
}

function navigation(week: Week, today: string): Html {
  const isThisWeek = today >= week.monday && today < addDays(week.monday, 7);
  return html`<nav class="weeks" aria-label="Weeks">
    <a class="button" href="/weeks/${week.previous}" rel="prev" data-key="ArrowLeft"
      ><span aria-hidden="true">←</span
      ><span class="label">Previous<span class="hidden"> week</span></span></a
    >
    <a class="button" href="/" ${isThisWeek ? html` aria-current="page"` : ''}>This week</a>
    <a class="button" href="/weeks/${week.next}" rel="next" data-key="ArrowRight"
      ><span class="label">Next<span class="hidden"> week</span></span
      ><span aria-hidden="true">→</span></a
    >
    <a class="button primary jump" href="#editor" data-focus="employee">Add a shift</a>
  </nav>`;
}

function emptyWeek(week: Week): Html {
  return html`<div class="empty">
    <svg viewBox="0 0 64 48" width="96" height="72" aria-hidden="true">
      <rect x="1" y="1" width="62" height="46" rx="6" />
      <path d="M1 13h62M17 13v34M33 13v34M49 13v34" />
      <rect class="spot" x="20" y="19" width="10" height="12" rx="2" />
      <rect class="spot" x="36" y="28" width="10" height="12" rx="2" />
    </svg>
    <h2>Nobody is on the rota yet</h2>
    <p>
      ${week.title} has no shifts. Add the first one: it appears at once for everyone who has this page open.
    </p>
    <p><a class="button primary" href="#editor" data-focus="employee">Add the first shift</a></p>
  </div>`;
}
