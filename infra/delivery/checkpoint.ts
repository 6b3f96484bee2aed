import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import type { LocalState } from './local-state.ts';
import { nameOf } from '../targets/shared/data.ts';

/** The fields of Pulumi's checkpoint that show whether it is complete, and which operations a killed run had begun. */
const checkpointSchema = z.object({
  version: z.number(),
  checkpoint: z.object({
    stack: z.string().min(1),
    latest: z
      .object({
        pending_operations: z
          .array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) }))
          .default([]),
      })
      .nullish(),
  }),
});

type Checkpoint = z.infer<typeof checkpointSchema>;

/**
 * Replaces a truncated or empty checkpoint by its newest complete copy. Returns a line that says so; undefined if the
 * checkpoint is complete or missing. Throws a UserError if there is no complete copy, since with an empty state Pulumi
 * would lose track of every running resource.
 */
export function restoreCheckpoint({ checkpoint, backups }: LocalState): string | undefined {
  const current = read(checkpoint);
  if (current === undefined || parse(current) !== undefined) return undefined;
  // The file names contain the time in nanoseconds, so the last name is the newest.
  const copies = globSync('*.json', { cwd: backups }).toSorted().toReversed();
  const candidates = [`${checkpoint}.bak`, ...copies.map((name) => join(backups, name))];
  const whole = candidates.find((file) => parse(read(file) ?? '') !== undefined);
  if (whole === undefined) {
    throw new UserError(
      `The state ${checkpoint} is damaged, and there is no complete copy of it (looked for ${basename(checkpoint)}.bak and in ${backups}).\n` +
        'Restore your own backup of the file. Without a backup, stop the running services, remove the file and deploy again; the data are kept.',
    );
  }
  const temporary = `${checkpoint}.restored.tmp`;
  writeFileSync(temporary, readFileSync(whole), { mode: 0o600 });
  renameSync(temporary, checkpoint);
  return `The state was damaged; restored it from ${whole}.`;
}

/**
 * Returns the names of resources whose creation was interrupted, so that the state does not show whether they exist.
 */
export function pendingCreates({ checkpoint }: LocalState): string[] {
  const operations = parse(read(checkpoint) ?? '')?.checkpoint.latest?.pending_operations ?? [];
  return operations.filter(({ type }) => type === 'creating').map(({ resource }) => nameOf(resource.urn));
}

function parse(text: string): Checkpoint | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Truncated JSON.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
