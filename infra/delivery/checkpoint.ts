import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../stack/problem.ts';
import type { LocalState } from './local-state.ts';
import { nameOf } from './state-resources.ts';

/** The part of Pulumi's checkpoint that tells a whole one from a torn one, and what a killed run had begun. */
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
 * Puts the newest whole copy in the place of a torn or empty checkpoint and says so; undefined where
 * nothing is wrong. Throws a UserError when there is no whole copy: an empty state would forget all that runs.
 */
export function restoreCheckpoint({ checkpoint, backups }: LocalState): string | undefined {
  const current = read(checkpoint);
  if (current === undefined || parse(current) !== undefined) return undefined;
  // Their names hold the time in nanoseconds, so the last one is the newest.
  const copies = globSync('*.json', { cwd: backups }).toSorted().toReversed();
  const candidates = [`${checkpoint}.bak`, ...copies.map((name) => join(backups, name))];
  const whole = candidates.find((file) => parse(read(file) ?? '') !== undefined);
  if (whole === undefined) {
    throw new UserError(
      `The state ${checkpoint} is damaged, and there is no whole copy of it (looked for ${basename(checkpoint)}.bak and in ${backups}).\n` +
        'Put back a copy of your own, or give the state up: stop what runs, remove the file, and deploy again. Data stay where they are.',
    );
  }
  const temporary = `${checkpoint}.restored.tmp`;
  writeFileSync(temporary, readFileSync(whole), { mode: 0o600 });
  renameSync(temporary, checkpoint);
  return `The state was damaged; restored it from ${whole}.`;
}

/** Names of the resources whose creation was interrupted: Pulumi does not know whether they exist. */
export function pendingCreates({ checkpoint }: LocalState): string[] {
  const operations = parse(read(checkpoint) ?? '')?.checkpoint.latest?.pending_operations ?? [];
  return operations.filter(({ type }) => type === 'creating').map(({ resource }) => nameOf(resource.urn));
}

function parse(text: string): Checkpoint | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Cut off in the middle.
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
