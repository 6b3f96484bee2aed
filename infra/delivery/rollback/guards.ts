import { railheadCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import { releasePath } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { describeCrossings, type Crossing } from '../history/crossed-migrations.ts';
import type { HistoryRecord } from '../history/record.ts';
import { comparePins } from '../promotion/changes.ts';
import { uncommitted } from '../promotion/guards.ts';

/** Reports an update of another target, whose artifacts do not run here. */
export function targetProblems({ number, declared }: HistoryRecord, { name, target }: Environment): string[] {
  const former = declared?.config['railhead:target'];
  if (former === undefined || former === target) return [];
  return [`#${number} of ${name} ran on the target ${former}, and ${name} is on ${target} now.`];
}

/** Reports a release file with changes that would be lost: they are neither committed nor in the history. */
export async function releaseProblems(
  root: string,
  environment: string,
  current: ReleaseFile | undefined,
  replaced: readonly HistoryRecord[],
): Promise<string[]> {
  if (current === undefined) return [];
  const isRecorded = replaced.some(({ release = {} }) => {
    const pins = Object.entries(release).flatMap(([service, { hash, content }]) =>
      hash === undefined ? [] : [[service, { hash, ...(content && { content }) }] as const],
    );
    const named = Object.entries(current.artifacts).map(
      ([service, { hash, content }]) => [service, { hash, ...(content && { content }) }] as const,
    );
    return comparePins(Object.fromEntries(pins), Object.fromEntries(named)).length === 0;
  });
  return isRecorded ? [] : uncommitted(root, releasePath(environment));
}

/** Reports migrations that would stay applied without the release that knows them. */
export function crossingProblems(
  environment: string,
  to: number | undefined,
  crossings: readonly Crossing[],
): string[] {
  if (crossings.length === 0) return [];
  const anyway =
    to === undefined
      ? railheadCommand(undefined, 'rollback', environment, '--across-migrations')
      : railheadCommand(undefined, 'rollback', environment, '--to', String(to), '--across-migrations');
  return [
    ...describeCrossings(crossings).map((line) => `${line}.`),
    `Data stay as they are: the rollback undoes no migration, so the former release has to run with the schema as it is. If it can: ${anyway}`,
  ];
}

/** Returns each migration of several crossings once. */
export function uniteCrossings(crossings: readonly Crossing[]): Crossing[] {
  const services = Map.groupBy(crossings, ({ service }) => service);
  return [...services].map(([service, all]) => ({
    service,
    known: all.every(({ known }) => known),
    files: [...new Map(all.flatMap(({ files }) => files).map((one) => [one.file, one])).values()],
  }));
}
