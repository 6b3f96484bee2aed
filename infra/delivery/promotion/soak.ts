import type { Environment } from '../../common/environment.ts';
import { outcomeOf } from '../history/outcome.ts';
import type { HistoryRecord } from '../history/record.ts';
import type { Restart } from './health.ts';

/** How long artifacts have run. */
interface Running {
  /** The updates of the source, newest first. */
  records: readonly HistoryRecord[];
  /** The services to promote. */
  services: readonly string[];
  restart: Restart | undefined;
}

/**
 * Reports that artifacts have not run as long as `railhead:soak` of the destination demands. The time begins with the end of the
 * update that deployed the last of them, and again with each restart of a replica.
 */
export function soakProblems(
  { name, soak }: Pick<Environment, 'name' | 'soak'>,
  { records, services, restart }: Running,
  now = Date.now(),
): string[] {
  const deployed = deployedBy(records, services);
  if (soak === undefined || deployed?.ending === undefined) return [];
  const ended = new Date(deployed.ending.ended);
  const restarted = restart !== undefined && restart.time > ended;
  const since = restarted ? restart.time : ended;
  const left = soak * 1000 - (now - since.getTime());
  if (left <= 0) return [];
  const { number, environment } = deployed;
  const why = restarted ? `since ${restart.replica} was restarted` : `since the end of #${number}`;
  const ran = inWords(now - since.getTime());
  return [
    `${environment} has run these artifacts for ${ran} ${why} (${since.toISOString()}), and railhead:soak in Pulumi.${name}.yaml demands ${inWords(soak * 1000)}. Try again in ${inWords(left)}.`,
  ];
}

/** Returns the oldest of the last succeeded updates that all have these artifacts. */
function deployedBy(
  records: readonly HistoryRecord[],
  services: readonly string[],
): HistoryRecord | undefined {
  const named = (record: HistoryRecord | undefined) =>
    JSON.stringify(services.map((name) => [record?.release?.[name]?.hash, record?.release?.[name]?.content]));
  const [last] = records;
  const end = records.findIndex(
    (record) =>
      record.release === undefined || outcomeOf(record) !== 'succeeded' || named(record) !== named(last),
  );
  return records[end === -1 ? records.length - 1 : end - 1];
}

/** Returns a time in the largest two units: `2 d 3 h`, `1 h 12 min`; less than a minute counts as one. */
function inWords(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
