import { table } from '../../common/table.ts';
import { drawTimeline, formatTime } from '../update/draw.ts';
import { localTime, nameOf } from './draw.ts';
import { outcomeOf } from './outcome.ts';
import type { HistoryRecord, RecordedRelease } from './record.ts';

/** Draws one record in detail: its facts, what each service runs, and how long each step took. */
export function drawRecord(record: HistoryRecord, width: number): string[] {
  const { environment, number, ending, release } = record;
  return [
    `#${number} of ${environment}: ${describeResult(record)}`,
    ...table(facts(record), width).map((line) => `  ${line}`),
    ...(release
      ? ['', ...table([['SERVICE', 'ARTIFACT', 'IMAGE', 'MIGRATIONS'], ...services(release)], width)]
      : []),
    ...(ending && !ending.closedBy ? ['', ...drawTimeline(ending, width)] : []),
  ];
}

function describeResult(record: HistoryRecord): string {
  const { pid, host } = record.writer;
  const outcome = outcomeOf(record);
  if (outcome === 'running') return `running (pid ${pid})`;
  return outcome === 'open' ? `running or interrupted on ${host}` : outcome;
}

function facts(record: HistoryRecord): [string, string][] {
  const { who, writer, started, ending, commit, railhead, plan, partial, rollback, declared } = record;
  const { files = {}, config = {}, secrets = [] } = declared ?? {};
  const rows: [string, string | undefined][] = [
    ['command', `${nameOf(record)}${partial ? ', limited to some resources' : ''}`],
    [
      'because',
      rollback?.failed === undefined
        ? undefined
        : `#${rollback.failed} failed, and the stack file says onFailure: rollback`,
    ],
    ['who', `${who.name}${who.email === undefined ? '' : ` <${who.email}>`}, on ${writer.host}`],
    [
      'started',
      `${localTime(started)}${ending && !ending.closedBy ? `, took ${formatTime(1000 * ending.seconds)}` : ''}`,
    ],
    ['commit', commit && `${commit.hash}${commit.dirty ? ', with changed files' : ''}: ${commit.subject}`],
    ['Railhead', railhead],
    ['plan', plan],
    ['files', Object.keys(files).join(', ')],
    ['config', Object.entries(config).map(describeConfig).join(', ')],
    ['secrets', secrets.join(', ')],
    [
      'closed',
      ending?.closedBy && `by ${ending.closedBy.name}, on ${ending.closedBy.host}: the update was killed`,
    ],
    ['failed', ending?.failed.join(', ')],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
}

/** Returns a key of config, and its value if the key is one of Railhead's. */
function describeConfig([key, value]: [string, string]): string {
  return key.startsWith('railhead:') ? `${key}=${value}` : key;
}

function services(release: RecordedRelease): string[][] {
  const entries = Object.entries(release).toSorted(([one], [two]) => (one < two ? -1 : 1));
  return entries.map(([name, { hash = '-', image = '-', migrations = [] }]) => [
    ...[name, hash, image],
    migrations.length === 0 ? '-' : String(migrations.length),
  ]);
}
