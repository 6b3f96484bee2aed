import { readServing } from './files.ts';
import { isAlive } from './identity.ts';
import { hasOutput } from './output.ts';
import { isSameWorkload } from './same.ts';
import type { ReplicaStatus, WorkloadRequest, WorkloadSpec, WorkloadStatus } from './spec.ts';

/** What an earlier supervisor has left serving, or the run of a cron workload under way. */
export interface Running {
  spec: WorkloadSpec;
  replicas: ReplicaStatus[];
}

/**
 * What is to go on, and the leftovers: replicas that were leaving, or coming in a rollout that nobody has finished. Nothing
 * goes on whose output would reach nobody, as that of replicas which an older version of the supervisor has started.
 */
export function whatRuns(
  folder: string,
  spec: WorkloadRequest,
  before: WorkloadStatus | undefined,
): { serving?: Running; leftovers: ReplicaStatus[] } {
  const records = before?.replicas ?? [];
  const serving = readServing(folder);
  const replicas = records.filter(({ id }) => serving?.replicas.includes(id));
  // Where none lives, there is nothing that a new start would interrupt; but what is asked for has failed where an update did.
  const hasFailed = before?.state === 'failed' && before.request === spec.request;
  const isMeant = replicas.some(isAlive) || (hasFailed && serving && !isSameWorkload(serving.spec, spec));
  const goesOn = isMeant && replicas.length > 0 && replicas.every(({ id }) => hasOutput(folder, id));
  const leftovers = goesOn ? records.filter((record) => !replicas.includes(record)) : records;
  return {
    ...(serving && goesOn && { serving: { spec: serving.spec, replicas } }),
    leftovers: leftovers.filter(isAlive).map((record) => ({ ...record, state: 'draining' })),
  };
}

/** Whether what serves is all that was asked for, or the rest was tried and failed. */
export function isSettled(
  spec: WorkloadRequest,
  serving: Running,
  before: WorkloadStatus | undefined,
): boolean {
  if (before?.request !== spec.request || before.state === 'starting') return false;
  return before.state === 'failed' || isSameWorkload(serving.spec, spec);
}
