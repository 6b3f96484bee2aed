import type { Shift } from '../../shared/shift.ts';
import type { FormErrors, ShiftForm } from '../form.ts';
import { html, type Html } from '../html.ts';
import type { Week } from '../week.ts';

/** What the form shows. */
export interface EditorState {
  /** Shift that is edited; absent for a new one. */
  id?: string;
  form: ShiftForm;
  errors: FormErrors;
  /** Of the form as a whole. */
  problem?: string;
}

const maxLengths = { employee: 100, role: 100, note: 500 };

/** The form to add a shift, or to change or delete an existing one. */
export function editor(state: EditorState, { week, shifts }: { week: Week; shifts: readonly Shift[] }): Html {
  const { id, problem } = state;
  const action = id === undefined ? '/shifts' : `/shifts/${id}`;
  return html`<section class="card" id="editor" aria-labelledby="editor-title">
    <h2 id="editor-title">${id === undefined ? 'Add a shift' : 'Change the shift'}</h2>
    ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
    <form method="post" action="${action}" data-enhance>
      <input type="hidden" name="week" value="${week.monday}" />
      ${field(state, 'employee', 'Employee', html`autocomplete="off" list="employees" placeholder="Ada Lovelace"`)}
      ${field(state, 'role', 'Role', html`autocomplete="off" list="roles" placeholder="Barista"`)}
      ${field(state, 'date', 'Date', html`type="date"`)}
      <div class="pair">
        ${field(state, 'start', 'From', html`type="time"`)}
        ${field(state, 'end', 'To', html`type="time" aria-describedby="end-hint"`)}
      </div>
      <p class="hint" id="end-hint">In UTC. An end before the start is on the next day.</p>
      ${noteField(state)}
      <div class="actions">
        <button class="button primary" type="submit">${id === undefined ? 'Add shift' : 'Save'}</button>
        ${
          id !== undefined &&
          html`<a class="button" href="/weeks/${week.monday}" data-swap>Cancel</a>
            <button
              class="button danger"
              type="submit"
              formaction="/shifts/${id}/delete"
              formnovalidate
              data-confirm="Delete this shift?"
            >
              Delete
            </button>`
        }
      </div>
    </form>
    ${suggestions(
      'employees',
      shifts.map((shift) => shift.employee),
    )}
    ${suggestions(
      'roles',
      shifts.map((shift) => shift.role),
    )}
  </section>`;
}

function field(
  { form, errors }: EditorState,
  name: Exclude<keyof ShiftForm, 'note'>,
  label: string,
  attributes: Html,
): Html {
  const length = name === 'employee' || name === 'role' ? html` maxlength="${maxLengths[name]}"` : '';
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${form[name]}"
      required
      ${attributes}${length}${invalid(name, errors)}
    />
    ${message(name, errors)}
  </div>`;
}

function noteField({ form, errors }: EditorState): Html {
  return html`<div class="field">
    <label for="note">Note <span class="muted">optional</span></label>
    <textarea id="note" name="note" rows="2" maxlength="${maxLengths.note}" ${invalid('note', errors)}>
${form.note}</textarea>
    ${message('note', errors)}
  </div>`;
}

function invalid(name: keyof ShiftForm, errors: FormErrors): Html | '' {
  return errors[name] === undefined ? '' : html` aria-invalid="true" aria-errormessage="${name}-error"`;
}

function message(name: keyof ShiftForm, errors: FormErrors): Html | '' {
  return errors[name] === undefined ? '' : html`<p class="error" id="${name}-error">${errors[name]}</p>`;
}

function suggestions(id: string, values: string[]): Html {
  const unique = [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en'));
  return html`<datalist id="${id}" data-live>
    ${unique.map((value) => html`<option value="${value}"></option>`)}
  </datalist>`;
}
