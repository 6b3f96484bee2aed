import { readServing } from './files.ts';
import { isAlive } from '../common/process-identity.ts';
import { hasOutput } from './output.ts';
import { isSameWorkload } from './same.ts';
import type { ReplicaStatus, WorkloadRequest, WorkloadSpec, WorkloadStatus } from './spec.ts';

/** Replicas that still serve after their supervisor has ended, or the run of a cron workload that is under way. */
export interface Running {
  spec: WorkloadSpec;
  replicas: ReplicaStatus[];
}

/**
 * Decides which processes of an earlier supervisor this one adopts (`serving`) and which it ends (`leftovers`).
 * Leftovers are replicas that were draining, and the new replicas of an unfinished rollout. Replicas without output
 * pipes, which an older version of the supervisor has started, are leftovers too: their output could not reach the log.
 */
export function whatRuns(
  folder: string,
  spec: WorkloadRequest,
  before: WorkloadStatus | undefined,
): { serving?: Running; leftovers: ReplicaStatus[] } {
  const records = before?.replicas ?? [];
  const serving = readServing(folder);
  const replicas = records.filter(({ id }) => serving?.replicas.includes(id));
  // When no replica is alive, a new start interrupts nothing. After a failed update the previous version is adopted
  // nevertheless: the requested version has already failed.
  const hasFailed = before?.state === 'failed' && before.request === spec.request;
  const isMeant = replicas.some(isAlive) || (hasFailed && serving && !isSameWorkload(serving.spec, spec));
  const goesOn = isMeant && replicas.length > 0 && replicas.every(({ id }) => hasOutput(folder, id));
  const leftovers = goesOn ? records.filter((record) => !replicas.includes(record)) : records;
  return {
    ...(serving && goesOn && { serving: { spec: serving.spec, replicas } }),
    leftovers: leftovers.filter(isAlive).map((record) => ({ ...record, state: 'draining' })),
  };
}

/** Returns true if the serving replicas match the request, or the request was already tried and failed. */
export function isSettled(
  spec: WorkloadRequest,
  serving: Running,
  before: WorkloadStatus | undefined,
): boolean {
  if (before?.request !== spec.request || before.state === 'starting') return false;
  return before.state === 'failed' || isSameWorkload(serving.spec, spec);
}
