import assert from 'node:assert/strict';
import { appendFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test, vi } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { followEvents } from './follow.ts';

const line = (message: string) => `${JSON.stringify({ diagnosticEvent: { message, severity: 'info' } })}\n`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each event has the time at which it was written, and the file is private', (t) => {
  const file = join(temporaryFolder(t), 'events');
  const end = followEvents(file);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const start = Date.now();
  appendFileSync(file, line('one'));
  vi.advanceTimersByTime(300);
  appendFileSync(file, `${line('two')}{"diagnosticEvent":{"mess`);
  const events = end();
  assert.deepEqual(
    events.map(({ diagnosticEvent, at }) => [diagnosticEvent?.message, at - start]),
    [
      ['one', 50],
      ['two', 300],
    ],
  );
});

test('the events of a preview before the update are not among those of the update', (t) => {
  const file = join(temporaryFolder(t), 'events');
  const end = followEvents(file);
  writeFileSync(file, line('preview').repeat(50));
  const start = Date.now();
  vi.advanceTimersByTime(300);
  truncateSync(file);
  appendFileSync(file, line('update'));
  const events = end();
  assert.deepEqual(
    events.map(({ diagnosticEvent, at }) => [diagnosticEvent?.message, at - start]),
    [['update', 300]],
  );
});
