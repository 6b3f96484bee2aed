import type { Block, Rota, Row } from '../weeks/rota.ts';
import { dateOf, type Day, longDay, timeOf, type Week } from '../weeks/week.ts';
import { html, type Html } from './html.ts';

/** Returns the week as a table with employees as rows and days as columns, and a legend of the roles. */
export function grid(week: Week, rota: Rota, today: string): Html {
  return html`<div class="scroll">
      <table class="grid">
        <caption class="hidden">
          Shifts from ${week.title}, times in UTC
        </caption>
        <thead>
          <tr>
            <th scope="col" class="corner"><span class="hidden">Employee</span></th>
            ${week.days.map((day, index) => dayHeading(day, rota.people[index] ?? 0, today))}
          </tr>
        </thead>
        <tbody>
          ${rota.rows.map((row) => employeeRow(row, week, today))}
        </tbody>
      </table>
    </div>
    <ul class="roles" aria-label="Roles">
      ${rota.roles.map((role) => html`<li class="role role-${role.colour}"><bdi>${role.name}</bdi> <span class="muted">${role.shifts}</span></li>`)}
    </ul>`;
}

function dayHeading(day: Day, people: number, today: string): Html {
  const note =
    day.date === today
      ? html`<span class="today-mark">Today</span>`
      : html`<span class="muted"
          >${people === 0 ? '–' : `${people} ${people === 1 ? 'person' : 'people'}`}</span
        >`;
  return html`<th scope="col" ${marks(day, today)}>
    <abbr title="${day.name}">${day.weekday}</abbr> <span class="number">${day.number}</span> ${note}
  </th> `;
}

function employeeRow(row: Row, week: Week, today: string): Html {
  return html`<tr>
    <th scope="row">
      <span class="name"><bdi>${row.employee}</bdi></span>
      <span class="muted">${Math.round(row.hours * 100) / 100} h</span>
    </th>
    ${row.cells.map((blocks, index) => {
      const day = week.days[index];
      return (
        day &&
        html`<td${marks(day, today)} data-day="${day.weekday} ${day.number}">${blocks.map((block) => shiftBlock(block, week))}</td>
`
      );
    })}
  </tr> `;
}

function marks(day: Day, today: string): Html {
  if (day.date === today) return html` class="today" aria-current="date"`;
  return day.weekday === 'Sat' || day.weekday === 'Sun' ? html` class="weekend"` : html``;
}

function shiftBlock({ shift, colour, continued }: Block, week: Week): Html {
  const { id, employee, role, note } = shift;
  const start = timeOf(shift.start);
  const end = timeOf(shift.end);
  const nextDay = dateOf(shift.end) !== dateOf(shift.start);
  const label = `${employee}, ${role}, ${longDay(dateOf(shift.start))}, ${start} to ${end}${nextDay ? ' the next day' : ''}. Edit`;
  return html`<a
    class="shift role-${colour}"
    id="shift-${id}"
    href="/weeks/${week.monday}?edit=${id}#editor"
    aria-label="${label}"
    ${note !== null && html` title="${note}"`}
    data-version="${shift.updatedAt}"
  >
    <span class="time"
      >${continued && html`<span class="over">Sun</span> `}${start}–<wbr />${end}${nextDay && !continued && html`<sup>+1</sup>`}</span
    >
    <span class="what" dir="auto">${role}</span>
    ${note !== null && html`<span class="note" dir="auto">${note}</span>`}
  </a> `;
}
