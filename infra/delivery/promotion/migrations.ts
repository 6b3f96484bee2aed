import type { Stack } from '../../stack/schema.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';
import {
  crossedMigrations,
  describeCrossings,
  preDeployOf,
  type Crossing,
  type Migrating,
} from '../history/crossed-migrations.ts';
import { outcomeOf } from '../history/outcome.ts';
import { lastRecord } from '../history/read-history.ts';
import { migratingOf } from '../history/recorded-stack.ts';
import type { RecordedRelease } from '../history/record.ts';

/**
 * Returns the migrations that promoted artifacts apply and that the last update of the destination does not have.
 *
 * @param release what the source runs
 * @param services the services that are promoted
 */
export async function arrivingMigrations(
  release: RecordedRelease,
  services: readonly string[],
  to: { name: string; store: Store; stack: Stack },
): Promise<Crossing[]> {
  const isPromoted = ([service]: readonly [string, unknown]) => services.includes(service);
  const preDeploy = Object.fromEntries(Object.entries(preDeployOf(to.stack)).filter(isPromoted));
  if (Object.keys(preDeploy).length === 0) return [];
  return crossedMigrations({ release, preDeploy }, await appliedBy(to.store, to.name, preDeploy));
}

/** Returns what the last update of an environment has applied. Without an update, it is nothing. */
async function appliedBy(
  store: Store,
  environment: string,
  preDeploy: Migrating['preDeploy'],
): Promise<Migrating> {
  try {
    const last = await lastRecord(
      store,
      environment,
      (record) => outcomeOf(record) === 'succeeded' && record.release !== undefined,
    );
    return last === undefined ? { release: {}, preDeploy: {} } : await migratingOf(last);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Without a list, the migrations of each `preDeploy` are not known.
    return { release: {}, preDeploy };
  }
}

/**
 * Reports migrations that no preview has shown.
 *
 * @param anyway the command that promotes without a preview
 */
export function unseenProblems(crossings: readonly Crossing[], to: string, anyway: string): string[] {
  if (crossings.length === 0) return [];
  return [
    ...describeCrossings(crossings).map((line) => `${line}.`),
    `\`up\` of ${to} would apply these migrations, and there is no preview of it. Promote where a preview is possible. Or without one: ${anyway}`,
  ];
}
