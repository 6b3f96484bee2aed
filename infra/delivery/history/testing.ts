import { ownWriter } from './writer.ts';
import type { Ending, HistoryRecord } from './record.ts';

export const ending: Ending = {
  ended: '2026-03-04T05:06:12.500Z',
  result: 'succeeded',
  seconds: 4.5,
  changes: [{ service: 'api', change: 'changed' }],
  unchanged: ['web'],
  failed: [],
  steps: [{ service: 'api', what: 'rollout', from: 1000, to: 4000 }],
};

/** Returns a record of an update that has ended. */
export function record(changes: Partial<HistoryRecord> = {}): HistoryRecord {
  return { ...openedRecord(), ending, ...changes };
}

/** Returns a record that was not closed, and whose process does not run. */
export function openedRecord(): HistoryRecord {
  return {
    version: 1,
    number: 7,
    environment: 'dev',
    command: 'up',
    who: { name: 'Ada Lovelace', email: 'ada@example.org' },
    writer: { ...ownWriter(), startTime: 'never' },
    started: '2026-03-04T05:06:08.000Z',
    railhead: '0.1.0',
    commit: { hash: '0123456789abcdef0123456789abcdef01234567', subject: 'Open the shop' },
  };
}
