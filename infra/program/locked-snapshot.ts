import type { Snapshot } from '../changes/snapshot.ts';
import { hashOf } from '../plan/hash.ts';
import { UserError } from '../../tools/user-error.ts';

/** Holds the hash of the snapshot that a command has previewed and compared: `up --plan`, `drift --mend`. */
const variable = 'RAILHEAD_SNAPSHOT';

/** Returns the environment variable with which the Pulumi program deploys the snapshot of this hash and no other. */
export function lockSnapshot(hash: string): Record<string, string> {
  return { [variable]: hash };
}

/**
 * Throws UserError if the command has compared another snapshot: a file was saved since. Nothing is deployed then, because
 * the program has not registered a resource yet.
 */
export function requireLocked(snapshot: Snapshot): void {
  const locked = process.env[variable];
  if (locked === undefined || locked === hashOfSnapshot(snapshot)) return;
  throw new UserError(
    'The stack file, the config or a source file has changed since its preview, so nothing was changed. Preview it again.',
  );
}

/** Returns the hash of a snapshot without its fingerprints, which are known only during a deployment. */
export function hashOfSnapshot(snapshot: Snapshot): string {
  return hashOf({ ...snapshot, fingerprints: {} });
}
