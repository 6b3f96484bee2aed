import type { Shift } from '../../shared/shift.ts';
import type { ApiRefusal } from '../api/request.ts';
import type { NewShift } from '../api/schema.ts';
import { addDays, dateOf, timeOf, type Week, weekOf } from './week.ts';

/** The form as entered. `date` has the format `2026-11-20`; `start` and `end` the format `09:30`, in UTC. */
export interface ShiftForm {
  employee: string;
  role: string;
  date: string;
  start: string;
  end: string;
  note: string;
  /** The user confirms that the shift lasts 24 hours. Needed if `start` equals `end`, which could be a mistake. */
  fullDay: boolean;
}

export type FieldName = Exclude<keyof ShiftForm, 'fullDay'>;
export type FormErrors = Partial<Record<FieldName, string>>;

export function readForm(fields: URLSearchParams): ShiftForm {
  const field = (name: FieldName) => (fields.get(name) ?? '').trim();
  return {
    employee: field('employee'),
    role: field('role'),
    date: field('date'),
    start: field('start'),
    end: field('end'),
    note: (fields.get('note') ?? '').replaceAll('\r\n', '\n').trim(),
    fullDay: fields.has('fullDay'),
  };
}

export function formOf(shift: Shift): ShiftForm {
  const { employee, role, start, end, note } = shift;
  const times = { date: dateOf(start), start: timeOf(start), end: timeOf(end) };
  return { employee, role, ...times, note: note ?? '', fullDay: times.start === times.end };
}

/**
 * Returns the shift that the form describes, or an error for each invalid field. An end before the start is on the
 * next day.
 */
export function parseForm(form: ShiftForm): { shift: NewShift } | { errors: FormErrors } {
  const errors: FormErrors = {};
  if (form.employee === '') errors.employee = 'Enter the name of the employee.';
  else if (form.employee.length > 100) errors.employee = 'A name has 100 characters at most.';
  if (form.role === '') errors.role = 'Enter a role, such as Barista.';
  else if (form.role.length > 100) errors.role = 'A role has 100 characters at most.';
  if (!isDate(form.date)) errors.date = 'Choose a date.';
  if (!isTime(form.start)) errors.start = 'Enter a time such as 09:00.';
  if (!isTime(form.end)) errors.end = 'Enter a time such as 17:00.';
  else if (form.end === form.start && !form.fullDay) errors.end = 'The end is the same as the start.';
  if (form.note.length > 500) errors.note = 'A note has 500 characters at most.';
  if (Object.keys(errors).length > 0) return { errors };
  const { employee, role, note } = form;
  const endDate = form.end <= form.start ? addDays(form.date, 1) : form.date;
  return {
    shift: {
      employee,
      role,
      start: `${form.date}T${form.start}:00.000Z`,
      end: `${endDate}T${form.end}:00.000Z`,
      note: note === '' ? null : note,
    },
  };
}

function isDate(text: string): boolean {
  return weekOf(text) !== undefined;
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Returns the defaults for a new shift: 09:00 to 17:00, today if the week contains today, else Monday. */
export function emptyForm(week: Week, now: Date): ShiftForm {
  const today = dateOf(now);
  const date = week.days.some((day) => day.date === today) ? today : week.monday;
  return { employee: '', role: '', date, start: '09:00', end: '17:00', note: '', fullDay: false };
}

/** Returns the api's refusal as errors of form fields, and as one message for the whole form. */
export function refusedForm(refusal: ApiRefusal): { errors: FormErrors; problem: string } {
  const errors: FormErrors = {};
  for (const { path, message } of refusal.details) {
    const name = formFields.find((field) => path === `/${field}`);
    if (name !== undefined) errors[name] = `This ${message}.`;
  }
  const gone = 'Another user has deleted this shift. You can add it again.';
  const problem = refusal.status === 404 ? gone : refusal.message;
  return { errors, problem };
}

const formFields = ['employee', 'role', 'start', 'end', 'note'] as const;
