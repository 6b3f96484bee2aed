import { table } from '../../common/table.ts';
import { formatTime } from '../update/draw.ts';
import { outcomeOf } from './outcome.ts';
import type { HistoryRecord } from './record.ts';

export const heading = ['#', 'WHEN', 'WHO', 'COMMIT', 'TOOK', 'RESULT', 'CHANGED'];

/** Draws the records of an environment as a table, at most `width` columns wide. */
export function drawHistory(
  records: readonly HistoryRecord[],
  width: number,
  style?: (cell: string, text: string) => string,
): string[] {
  const open = records.filter((record) => outcomeOf(record) === 'open');
  return [
    ...table([heading, ...records.map(rowOf)], width, style).map((line) => line.replaceAll(joint, ' ')),
    ...(records.some(({ commit }) => commit?.dirty)
      ? ['* Files of the project differed from the commit.']
      : []),
    ...open.map(({ number, writer }) => `#${number} runs on ${writer.host}, or was interrupted there.`),
  ];
}

/** With longer names, dates would be wrapped at 80 columns. `railhead history <number>` shows the whole name. */
const widestName = 15;

/** A space at which a cell is not wrapped. */
const joint = '\u00a0';

function rowOf(record: HistoryRecord): string[] {
  const { number, started, who, commit, ending } = record;
  return [
    String(number),
    localTime(started).replaceAll(' ', joint),
    who.name.length > widestName ? `${who.name.slice(0, widestName - 1)}…` : who.name,
    commit === undefined ? '-' : `${commit.hash.slice(0, 7)}${commit.dirty ? '*' : ''}`,
    ending === undefined || ending.closedBy !== undefined
      ? '-'
      : formatTime(1000 * ending.seconds).replaceAll(/ (min|s) ?/g, (_, unit: string) => unit.charAt(0)),
    outcomeOf(record) === 'open' ? `not${joint}closed` : outcomeOf(record),
    changed(record),
  ];
}

/** Names more services than this only by their number. */
const most = 3;

/** Returns what an update changed: `api, web (part)`. */
function changed(record: HistoryRecord): string {
  const { command, ending, partial, rollback } = record;
  const names = (ending?.changes ?? []).map(({ service }) => service);
  const what =
    names.length === 0
      ? ending?.result === 'succeeded'
        ? 'nothing'
        : '-'
      : names.length > most
        ? `${names.length} services`
        : names.join(', ');
  const name = command === 'down' || rollback ? `${nameOf(record)}: ` : '';
  return `${name}${what}${partial ? ' (part)' : ''}`;
}

/** Returns the command of a record: `down --data`, `rollback to #7`. */
export function nameOf(record: Pick<HistoryRecord, 'command' | 'data' | 'rollback'>): string {
  const { command, data, rollback } = record;
  if (rollback) return `rollback to #${rollback.to}`;
  return data ? `${command} --data` : command;
}

/** Returns a time in the zone of this machine: `2026-11-29 06:13`. */
export function localTime(time: string): string {
  const date = new Date(time);
  const pad = (part: number) => String(part).padStart(2, '0');
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}
