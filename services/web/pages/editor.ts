import type { Shift, VersionedShift } from '../../shared/shift.ts';
import { formOf, type FieldName, type FormErrors, type ShiftForm } from '../weeks/form.ts';
import type { Week } from '../weeks/week.ts';
import { html, type Html } from './html.ts';
import { versions } from './versions.ts';

/** The state of the shift form. */
export interface EditorState {
  /** The edited shift and its version; absent for a new shift. */
  id?: string;
  version?: number;
  form: ShiftForm;
  errors: FormErrors;
  /** A problem with the whole form. */
  problem?: string;
  /** The version that another user has saved meanwhile. */
  theirs?: ShiftForm;
}

export function editing(shift: VersionedShift): EditorState {
  return { id: shift.id, version: shift.version, form: formOf(shift), errors: {} };
}

/**
 * Returns the form after another user's change. `mine` is the user's own version; absent if the user wanted to
 * delete.
 */
export function changedState(newest: VersionedShift, mine: ShiftForm | undefined): EditorState {
  const state = editing(newest);
  if (mine === undefined) {
    const problem =
      'Another user has changed this shift since you opened it. The form shows the new version.';
    return { ...state, problem };
  }
  const problem = 'Another user has changed this shift since you opened it. Your changes are not saved yet.';
  return { ...state, form: mine, theirs: state.form, problem };
}

const maxLengths = { employee: 100, role: 100, note: 500 };

/** Returns the form to add a shift, or to change or delete an existing one. */
export function editor(state: EditorState, { week, shifts }: { week: Week; shifts: readonly Shift[] }): Html {
  const { id, version, problem, form, theirs } = state;
  const action = id === undefined ? '/shifts' : `/shifts/${id}`;
  return html`<section class="card" id="editor" aria-labelledby="editor-title">
    <h2 id="editor-title">${id === undefined ? 'Add a shift' : 'Change the shift'}</h2>
    ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
    ${theirs && versions(form, theirs)}
    <form method="post" action="${action}" data-enhance>
      <input type="hidden" name="week" value="${week.monday}" />
      ${version !== undefined && html`<input type="hidden" name="version" value="${version}" />`}
      ${field(state, 'employee', 'Employee', html`autocomplete="off" dir="auto" list="employees" placeholder="Ada Lovelace"`)}
      ${field(state, 'role', 'Role', html`autocomplete="off" dir="auto" list="roles" placeholder="Barista"`)}
      ${field(state, 'date', 'Date', html`type="date"`)}
      <div class="pair">
        ${field(state, 'start', 'From', html`type="time"`)}
        ${field(state, 'end', 'To', html`type="time" aria-describedby="end-hint"`)}
      </div>
      ${fullDayField(state)}
      <p class="hint" id="end-hint">In UTC. An end before the start is on the next day.</p>
      ${noteField(state)}
      <div class="actions">
        <button class="button primary" type="submit">${submitLabel(state)}</button>
        ${
          id !== undefined &&
          html`${leave(state, week)}
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
  name: Exclude<FieldName, 'note'>,
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

/** Returns the link that leaves the form without a change. */
function leave({ id, theirs }: EditorState, { monday }: Week): Html {
  return theirs
    ? html`<a class="button" href="/weeks/${monday}?edit=${id}#editor" data-swap>Use theirs</a>`
    : html`<a class="button" href="/weeks/${monday}" data-swap>Cancel</a>`;
}

function submitLabel({ id, theirs }: EditorState): string {
  if (id === undefined) return 'Add shift';
  return theirs ? 'Save mine' : 'Save';
}

/** Returns the confirmation of a 24-hour shift, if the end equals the start. */
function fullDayField({ form: { start, end, fullDay } }: EditorState): Html | '' {
  if (start === '' || start !== end) return '';
  return html`<div class="check">
    <input type="checkbox" id="fullDay" name="fullDay" value="yes" ${fullDay && html` checked`} />
    <label for="fullDay">It lasts 24 hours, until this time of the next day</label>
  </div>`;
}

function noteField({ form, errors }: EditorState): Html {
  return html`<div class="field">
    <label for="note">Note <span class="muted">optional</span></label>
    <textarea
      id="note"
      name="note"
      dir="auto"
      rows="2"
      maxlength="${maxLengths.note}"
      ${invalid('note', errors)}
    >
${form.note}</textarea>
    ${message('note', errors)}
  </div>`;
}

function invalid(name: FieldName, errors: FormErrors): Html | '' {
  return errors[name] === undefined ? '' : html` aria-invalid="true" aria-errormessage="${name}-error"`;
}

function message(name: FieldName, errors: FormErrors): Html | '' {
  return errors[name] === undefined ? '' : html`<p class="error" id="${name}-error">${errors[name]}</p>`;
}

function suggestions(id: string, values: string[]): Html {
  const unique = [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en'));
  return html`<datalist id="${id}" data-live>
    ${unique.map((value) => html`<option value="${value}"></option>`)}
  </datalist>`;
}
