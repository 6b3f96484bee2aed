import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { startTimeOf } from '../../supervisor/identity.ts';
import { endLeftovers, workloadMark } from '../../supervisor/leftovers.ts';

/** The group leader of a preDeploy command under way. It outlives a provider that is killed. */
const recordSchema = z.object({ pid: z.int().positive(), startTime: z.string() });

/** Seconds from SIGTERM to SIGKILL for a command whose provider is gone. */
const grace = 5;

/** The variable that every process of a command carries. `workload`: folder of its service. */
export function commandMark(workload: string): Record<string, string> {
  return workloadMark(recordFile(workload));
}

/** Remembers a command as long as it runs; returns the function that forgets it. */
export function recordCommand(workload: string, pid: number): () => void {
  const file = recordFile(workload);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ pid, startTime: startTimeOf(pid) ?? 'unknown' }), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

export function hasUnfinishedCommand(workload: string): boolean {
  return existsSync(recordFile(workload));
}

/** Ends what is left of a command whose provider was killed, so that it never runs beside its own retry. */
export async function endUnfinishedCommand(workload: string): Promise<void> {
  const leader = readRecord(recordFile(workload));
  await endLeftovers(recordFile(workload), leader && [leader], { signal: 'SIGTERM', grace });
  rmSync(recordFile(workload), { force: true });
}

const recordFile = (workload: string) => join(workload, 'pre-deploy.json');

function readRecord(file: string): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // None, or one that was not written to its end: the mark has to do.
  }
}
