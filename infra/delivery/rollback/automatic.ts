import { neededArtifacts } from '../../artifacts/needed.ts';
import type { Context } from '../../program/context.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import type { Store } from '../../store/store.ts';
import { railheadCommand } from '../../common/commands.ts';
import { isCode } from '../../stack/schema.ts';
import { crossedMigrations, describeCrossings } from '../history/crossed-migrations.ts';
import { outcomeOf } from '../history/outcome.ts';
import { readHistory } from '../history/read-history.ts';
import type { HistoryRecord } from '../history/record.ts';
import { migratingOf } from '../history/recorded-stack.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { comparePins } from '../promotion/changes.ts';
import { proveArtifacts } from '../promotion/prove.ts';
import { isWhole } from './choose.ts';
import { uniteCrossings } from './guards.ts';
import { pinsOf } from './pins.ts';

/** The artifacts to which a failed update goes back, or why it stops. */
export type Former = { target: HistoryRecord; pins: ReleaseFile['artifacts'] } | { problems: string[] };

/**
 * Finds the artifacts of the last update that succeeded, for an update whose rollout has failed.
 *
 * @param number that of the failed update
 */
export async function formerArtifacts(
  store: Store,
  environment: string,
  number: number,
  { graph, stack, target: { containers } }: Context,
): Promise<Former> {
  const { records } = await readHistory(store, environment, Infinity);
  const ran = records.filter((record) => record.command === 'up' && record.number <= number);
  const target = ran.find(isWhole);
  if (target === undefined) return { problems: ['No earlier update has succeeded.'] };
  const needed = neededArtifacts(graph, containers);
  const { pins, problems } = pinsOf(target, needed);
  if (problems.length > 0) return { problems };
  const later = ran.filter((record) => record.number > target.number && outcomeOf(record) !== 'refused');
  const failed = later.find((record) => record.number === number);
  if (failed === undefined || comparePins(pins, pinsOf(failed, needed).pins).length === 0) {
    return { problems: [`It has the artifacts of #${target.number}, so another cause has to be corrected.`] };
  }
  const compatible = Object.entries(stack.stack.services).flatMap(([name, service]) =>
    isCode(service) && service.preDeploy?.backwardCompatible ? [name] : [],
  );
  const other = await migratingOf(target);
  const crossed = await Promise.all(
    later.map(async (record) =>
      crossedMigrations(await migratingOf(record), other).filter(({ service }) =>
        hasMigrated(record, service),
      ),
    ),
  );
  const crossings = uniteCrossings(crossed.flat()).filter(({ service }) => !compatible.includes(service));
  if (crossings.length === 0) {
    const next = `See the updates that can come back: ${railheadCommand(environment, 'history')}`;
    const proof = await withOwnedFolder('railhead-rollback-', (folder) =>
      proveArtifacts(pins, { from: store, to: store }, { from: environment, folder, next }),
    );
    return proof.problems.length > 0 ? { problems: proof.problems } : { target, pins };
  }
  return {
    problems: [
      `Its preDeploy has run, and #${target.number} does not have these migrations:`,
      ...describeCrossings(crossings).map((line) => `  ${line}`),
    ],
  };
}

/** Returns whether an update has begun the `preDeploy` of a service. One that was killed may have. */
function hasMigrated({ ending }: HistoryRecord, service: string): boolean {
  return (
    ending === undefined || ending.steps.some((step) => step.what === 'preDeploy' && step.service === service)
  );
}
