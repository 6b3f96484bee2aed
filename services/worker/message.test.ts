import assert from 'node:assert/strict';
import { test } from 'vitest';
import { notificationMessage } from './message.ts';

const shift = {
  employee: 'Ada',
  role: 'barista',
  start: '2026-03-03T09:00:00Z',
  end: '2026-03-03T17:00:00Z',
};

test('a message has the employee, role, time (UTC) and kind of change', () => {
  assert.equal(
    notificationMessage('shift.created', shift),
    'Ada: shift as barista on Tue 3 Mar 09:00–17:00 was added',
  );
  assert.equal(
    notificationMessage('shift.reminder', {
      ...shift,
      start: '2026-12-31T22:30:00Z',
      end: '2027-01-01T06:00:00Z',
    }),
    'Ada: shift as barista on Thu 31 Dec 22:30–06:00 starts soon',
  );
});
