import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { startTimeOf } from '../../../common/process-identity.ts';
import { endLeftovers, workloadMark } from '../../../supervisor/leftovers.ts';

/** The record of a running preDeploy command: the leader of its process group, which outlives a killed provider. */
const recordSchema = z.object({ pid: z.int().positive(), startTime: z.string() });

/** Seconds from SIGTERM to SIGKILL for a command whose provider was killed. */
const grace = 5;

/** Returns the variable that every process of a command has in its environment. `workload`: the folder of its service. */
export function commandMark(workload: string): Record<string, string> {
  return workloadMark(recordFile(workload));
}

/** Writes the record of a running command. Returns the function that removes the record. */
export function recordCommand(workload: string, pid: number): () => void {
  const file = recordFile(workload);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ pid, startTime: startTimeOf(pid) ?? 'unknown' }), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

export function hasUnfinishedCommand(workload: string): boolean {
  return existsSync(recordFile(workload));
}

/** Ends the processes of a command whose provider was killed, so that the command never runs twice at the same time. */
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
    return undefined; // There is no record, or only part of one: the processes are then found by their mark.
  }
}
