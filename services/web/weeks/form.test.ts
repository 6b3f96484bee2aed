import assert from 'node:assert/strict';
import { test } from 'vitest';
import { ApiRefusal } from '../api/request.ts';
import { formOf, parseForm, readForm, refusedForm, type ShiftForm } from './form.ts';

const typed = {
  employee: 'Ada',
  role: 'Barista',
  date: '2026-11-20',
  start: '09:00',
  end: '17:30',
  note: '',
};
const filled: ShiftForm = { ...typed, fullDay: false };

test('a form becomes a shift in UTC and back', () => {
  const parsed = parseForm(readForm(new URLSearchParams({ ...typed, employee: ' Ada ', note: 'a\r\nb' })));
  assert.ok('shift' in parsed);
  assert.deepEqual(parsed.shift, {
    employee: 'Ada',
    role: 'Barista',
    start: '2026-11-20T09:00:00.000Z',
    end: '2026-11-20T17:30:00.000Z',
    note: 'a\nb',
  });
  const shift = { ...parsed.shift, id: '1', createdAt: '', updatedAt: '', version: 1 };
  assert.deepEqual(formOf(shift), { ...filled, note: 'a\nb' });
});

test('an end before the start is on the next day', () => {
  const parsed = parseForm({ ...filled, date: '2026-12-31', start: '22:00', end: '06:00' });
  assert.ok('shift' in parsed);
  assert.equal(parsed.shift.end, '2027-01-01T06:00:00.000Z');
});

test('an end equal to the start needs a confirmation, and then means 24 hours', () => {
  const form = { ...filled, end: filled.start };
  assert.deepEqual(parseForm(form), { errors: { end: 'The end is the same as the start.' } });
  const parsed = parseForm(readForm(new URLSearchParams({ ...typed, end: typed.start, fullDay: 'yes' })));
  assert.ok('shift' in parsed);
  assert.equal(parsed.shift.end, '2026-11-21T09:00:00.000Z');
  const shift = { ...parsed.shift, id: '1', createdAt: '', updatedAt: '', version: 1 };
  assert.equal(formOf(shift).fullDay, true);
});

test('every wrong field is named at once', () => {
  const parsed = parseForm({
    employee: '',
    role: '',
    date: '2026-02-30',
    start: '9',
    end: '24:00',
    note: 'x'.repeat(501),
    fullDay: false,
  });
  assert.ok('errors' in parsed);
  assert.deepEqual(Object.keys(parsed.errors).sort(), ['date', 'employee', 'end', 'note', 'role', 'start']);
});

test("the api's refusal is shown at its field", () => {
  const details = [{ path: '/end', message: 'must be after start' }];
  const refusal = new ApiRefusal(400, { code: 'validation', message: 'The body is not valid.', details });
  assert.deepEqual(refusedForm(refusal).errors, { end: 'This must be after start.' });
});
