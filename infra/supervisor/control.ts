import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { railheadCommand } from '../common/commands.ts';
import { UserError } from '../../tools/user-error.ts';
import { rolloutError } from '../common/failure-messages.ts';
import { CanaryDirector } from './direct.ts';
import { forgetFailed, recordFailed } from './failed.ts';
import {
  isSpecIntact,
  readOrder,
  readSpec,
  readStatus,
  removeSpec,
  removeStatus,
  writeSpec,
} from './files.ts';
import { forgetHandovers } from './handover.ts';
import { isAlive, signalProcess } from '../common/process-identity.ts';
import { endLeftovers } from './leftovers.ts';
import { lockHolders } from './lock.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';
import { startSupervisor, supervisorLog } from './start.ts';

/** Milliseconds between two reads of the status. */
const LOOK = 50;
/** Milliseconds within which a new supervisor must take the lock of its folder; after that its start has failed. */
const START_UP = 15_000;
/** Milliseconds after which the supervisor is signalled again if it has not picked up a request. */
const AGAIN = 1000;

export interface ApplyOptions {
  /** Called with one line at each change of the progress. */
  progress?: (line: string) => void;
  /** Called with the figures of a canary that has passed. */
  passed?: (figures: string) => void;
  signal?: AbortSignal;
}

/**
 * Makes a workload run as `spec` says and resolves when it is ready (or scheduled). Changes nothing if this deployment
 * is already ready, and joins a rollout of this deployment that is under way. Throws UserError if the workload does not
 * get ready. The replicas of the previous deployment then still serve; if there was none, the workload is stopped and
 * removed.
 */
export async function applyWorkload(
  folder: string,
  spec: WorkloadSpec,
  options: ApplyOptions = {},
): Promise<WorkloadStatus> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = readWorkload(folder);
  const same = before?.deploymentId === spec.deploymentId && isSpecIntact(folder);
  if (same && isUp(before)) return before;
  const joined = same && before.state === 'starting' ? readSpec(folder) : undefined;
  // A canary whose command was killed goes back first: this command does not know its figures. This command also does not join a
  // rollout with another canary, which waits for other orders, or a cancelled one, which goes back.
  const joins =
    joined !== undefined &&
    before?.canary === undefined &&
    isDeepStrictEqual(joined.canary, spec.canary) &&
    readOrder(folder)?.request !== joined.request;
  const request = joins ? joined.request : randomUUID();
  if (!joins) {
    forgetFailed(folder);
    writeSpec(folder, { ...spec, request });
    if (before) signalProcess(before.supervisor.pid, 'SIGHUP');
    else startSupervisor(folder);
  }
  const director = spec.canary && new CanaryDirector(folder, request, spec.canary);
  const status = await settled(folder, spec, options, director).catch((error: unknown) => {
    if (options.signal?.aborted) director?.cancel();
    throw error;
  });
  const figures = director?.summary();
  if (isUp(status) && figures) options.passed?.(figures);
  if (isUp(status)) return status;
  const stillServes = status.serving !== undefined && status.serving !== spec.deploymentId;
  const serves = status.serving !== undefined && status.replicas.some(({ state }) => state === 'ready');
  if (!stillServes && !serves) {
    await stopWorkload(folder);
    if (status.failure) recordFailed(folder, spec, status.failure);
  }
  throw notReadyError(spec, status, stillServes);
}

/** Returns the error of a workload that does not get ready. `stillServes`: whether the previous deployment runs. */
export function notReadyError(
  { name, environment }: Pick<WorkloadSpec, 'name' | 'environment'>,
  { state, failure }: WorkloadStatus,
  stillServes: boolean,
): UserError {
  return rolloutError(name, {
    reason: failure?.reason ?? `its supervisor reports the state ${state}`,
    check: failure?.check,
    hint: failure?.hint,
    log: failure?.log ?? [],
    stillServes,
    next: railheadCommand(environment, 'logs', name),
  });
}

/** Stops the workload and its supervisor. Resolves when no process is left; rejects when `signal` aborts. */
export async function stopWorkload(folder: string, signal?: AbortSignal): Promise<void> {
  const stop = readSpec(folder)?.stop ?? { signal: 'SIGTERM', grace: 10 };
  forgetFailed(folder);
  removeSpec(folder); // First: without a spec, neither a neighbour nor an apply starts another supervisor here.
  for (;;) {
    signal?.throwIfAborted();
    const holders = lockHolders(folder);
    if (holders.length === 0) break;
    for (const { pid } of holders) signalProcess(pid, 'SIGTERM');
    const deadline = Date.now() + AGAIN;
    while (holders.some(isAlive) && Date.now() < deadline) await sleep(LOOK, undefined, signal && { signal });
  }
  await endLeftovers(folder, readStatus(folder)?.replicas, stop);
  removeStatus(folder);
  forgetHandovers(folder);
}

/** Returns the status of a workload; undefined if it has no running supervisor. */
export function readWorkload(folder: string): WorkloadStatus | undefined {
  const status = readStatus(folder);
  return status && isAlive(status.supervisor) ? status : undefined;
}

const isUp = ({ state }: WorkloadStatus) => state === 'ready' || state === 'scheduled';

/** Waits for the end of the rollout that `spec.json` requests, and returns the final status. */
async function settled(
  folder: string,
  spec: WorkloadSpec,
  { progress = () => {}, signal }: ApplyOptions,
  director: CanaryDirector | undefined,
): Promise<WorkloadStatus> {
  let told = '';
  let seen = Date.now();
  let nudged = Date.now();
  let patience = Infinity;
  for (;;) {
    signal?.throwIfAborted();
    const wanted = readSpec(folder);
    if (wanted?.deploymentId !== spec.deploymentId) {
      throw new UserError(`${spec.name}: another command deployed or stopped it during this deployment.`);
    }
    const status = readWorkload(folder);
    const ours = status?.request === wanted.request;
    // A replica that ends right after the rollout gets the start time-out once more to become ready again.
    if (ours && status.state === 'degraded') patience = Math.min(patience, Date.now() + spec.timeout * 1000);
    else if (ours && status.state !== 'starting') return status;
    if (ours && Date.now() > patience) return status;
    const holders = lockHolders(folder);
    if (holders.length > 0) seen = Date.now(); // Before its first status, a supervisor may still end leftovers.
    if (Date.now() - seen > START_UP) throw startError(folder, spec);
    if (!ours && Date.now() - nudged > AGAIN) {
      nudged = Date.now();
      if (status) signalProcess(status.supervisor.pid, 'SIGHUP');
      else if (holders.length === 0) startSupervisor(folder);
    }
    const canary = ours ? director?.look(status) : undefined;
    const line = ours ? describeProgress(spec, status, canary) : `${spec.name}: starting`;
    if (line !== told) progress((told = line));
    await sleep(LOOK, undefined, signal && { signal });
  }
}

function describeProgress(spec: WorkloadSpec, { replicas }: WorkloadStatus, canary?: string): string {
  if (canary !== undefined) return `${spec.name}: ${canary}`;
  const waiting = replicas.find(({ state }) => ['starting', 'backoff', 'unready'].includes(state));
  if (!waiting && spec.minReady !== undefined) {
    return `${spec.name}: ready, has to stay ready for ${spec.minReady} s`;
  }
  if (!waiting) return `${spec.name}: starting`;
  const restarts = waiting.restarts > 0 ? `, restarts: ${waiting.restarts}` : '';
  return `${spec.name}: ${waiting.id} is ${waiting.state}${restarts}${waiting.check ? `; ${waiting.check}` : ''}`;
}

function startError(folder: string, spec: WorkloadSpec): UserError {
  const lines = readFileSync(supervisorLog(folder), 'utf8').trimEnd().split('\n').slice(-20);
  return new UserError(
    [
      `${spec.name}: its supervisor did not start. Last lines of ${supervisorLog(folder)}:`,
      ...lines.map((line) => `  ${line}`),
    ].join('\n'),
  );
}
