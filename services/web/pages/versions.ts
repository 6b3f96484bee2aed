import type { FieldName, ShiftForm } from '../weeks/form.ts';
import { longDay } from '../weeks/week.ts';
import { html, type Html } from './html.ts';

const labels: Record<FieldName, string> = {
  employee: 'Employee',
  role: 'Role',
  date: 'Date',
  start: 'From',
  end: 'To',
  note: 'Note',
};

/** Returns a table of two versions of a shift, with only the fields that differ. */
export function versions(mine: ShiftForm, theirs: ShiftForm): Html {
  const names = (Object.keys(labels) as FieldName[]).filter((name) => mine[name] !== theirs[name]);
  return html`<table class="versions">
    <caption class="hidden">
      What differs between your version and the one that is saved
    </caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">Yours</th>
        <th scope="col">Saved</th>
      </tr>
    </thead>
    <tbody>
      ${names.map(
        (name) =>
          html`<tr>
            <th scope="row">${labels[name]}</th>
            <td dir="auto">${shown(name, mine)}</td>
            <td dir="auto">${shown(name, theirs)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function shown(name: FieldName, form: ShiftForm): string {
  if (form[name] === '') return '–';
  return name === 'date' ? longDay(form.date) : form[name];
}
