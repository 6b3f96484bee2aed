import type { Snapshot } from '../changes/snapshot.ts';
import { leavesOf } from '../plan/fill.ts';
import { configSecret, hashText, programValue, type Hole } from '../plan/hole.ts';
import type { ResourceList } from '../plan/resource.ts';
import { fingerprintKey, planPassword, planRelease } from '../targets/shared/generated.ts';
import type { Commit } from './commit.ts';
import { hashOfSnapshot } from './locked-snapshot.ts';
import type { Settings } from './settings.ts';

/** Plans the record of this update: the snapshot with fingerprints of the secrets that the plan uses, and the commit. */
export function recordUpdate(
  resources: ResourceList,
  { root, environment }: Pick<Settings, 'root' | 'environment'>,
  snapshot: Snapshot,
  commit: Commit | undefined,
): void {
  const secrets = Object.entries(secretsOf(resources));
  const key = planPassword({ root, environment, resources }, undefined, fingerprintKey);
  const fingerprints = Object.fromEntries(secrets.map(([name, value]) => [name, hashText(value, key)]));
  planRelease(resources, {
    root,
    environment,
    snapshot: { ...snapshot, fingerprints },
    hash: hashOfSnapshot(snapshot),
    ...(commit && { commit }),
  });
}

/** Returns the config secrets and the values of the program in a plan: `secret.TOKEN`, `pulumi.BUCKET`. */
function secretsOf({ all }: ResourceList): Record<string, Hole> {
  const secrets: Record<string, Hole> = {};
  for (const leaf of leavesOf(all.map(({ args }) => args))) {
    if (leaf.kind === 'secret') secrets[`secret.${leaf.name}`] = configSecret(leaf.name);
    if (leaf.kind === 'program') secrets[`pulumi.${leaf.name}`] = programValue(leaf.name);
  }
  return secrets;
}
