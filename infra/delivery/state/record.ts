import * as z from 'zod';
import { recordedSnapshotSchema } from '../../changes/former-secret-parts.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import type { Commit } from '../../program/commit.ts';
import { unknownValue } from '../../provider/wire.ts';

const commitSchema = z.object({
  hash: z.string(),
  subject: z.string(),
  dirty: z.literal(true).optional(),
});

/** What one side of the record of the last update holds. */
export interface Recorded {
  /** Undefined if another version wrote it in a form of its own. */
  snapshot: Snapshot | undefined;
  /** The hash of the snapshot. Undefined if another version wrote it. */
  hash: string | undefined;
  commit: Commit | undefined;
}

/** Reads the inputs of the record. A fingerprint that only the update can compute is left out. */
export function readRecord(inputs: Record<string, unknown> | undefined): Recorded {
  const found = recordedSnapshotSchema.safeParse(inputs?.snapshot).data;
  const known = Object.entries(found?.fingerprints ?? {}).filter(([, value]) => value !== unknownValue);
  return {
    snapshot: found && { ...found, fingerprints: Object.fromEntries(known) },
    hash: z.string().safeParse(inputs?.hash).data,
    commit: commitSchema.safeParse(inputs?.commit).data,
  };
}
