import assert from 'node:assert/strict';
import { test } from 'vitest';
import { ownWriter } from '../history/writer.ts';
import type { HistoryRecord } from '../history/record.ts';
import { ending, openedRecord, record } from '../history/testing.ts';
import { neededUpdates } from './needed-updates.ts';

const release = { api: { hash: 'ad4bcd77e8335c21' } };
const kinds: Record<string, Partial<HistoryRecord>> = {
  ok: { release },
  part: { release, partial: true },
  failed: { release, ending: { ...ending, result: 'failed' } },
  refused: { release, ending: { ...ending, result: 'refused' } },
  stopped: { release, ending: { ...ending, result: 'interrupted' } },
  killed: { release, ending: undefined },
  running: { release, ending: undefined, writer: ownWriter() },
  elsewhere: { release, ending: undefined, writer: { ...openedRecord().writer, host: 'elsewhere' } },
  down: { command: 'down' },
  unbuilt: { ending: { ...ending, result: 'failed' } },
};

/** Returns which of these updates are needed: `ok ok` are #2 and #1. */
function neededOf(updates: string, count: number): number[] {
  const names = updates.split(' ');
  const records = names.map((name, index) => record({ ...kinds[name], number: names.length - index }));
  return neededUpdates(records, count).map(({ number }) => number);
}

test.each<[reason: string, updates: string, count: number, needed: number[]]>([
  ['the last that succeeded', 'ok ok ok', 2, [3, 2]],
  ['all, if there are fewer', 'ok ok', 10, [2, 1]],
  ['only those that built something', 'down unbuilt ok down ok ok', 2, [4, 2]],
  ['none that was refused', 'refused ok refused', 2, [2]],
  ['those that failed since then', 'failed ok failed ok failed', 2, [5, 4, 3, 2]],
  ['those that failed, if none succeeded', 'failed failed', 1, [2, 1]],
  ['those that were interrupted at any time', 'ok stopped killed', 1, [3, 2, 1]],
  ['those that may still run', 'ok running elsewhere', 1, [3, 2, 1]],
  ['back to the last update of everything', 'part part ok ok', 1, [4, 3, 2]],
  ['all, without an update of everything', 'part part', 1, [2, 1]],
])('needed are %s', (_, updates, count, needed) => {
  assert.deepEqual(neededOf(updates, count), needed);
});
