import type {
  CanaryOrder,
  FailedDeployment,
  Handover,
  ServingRecord,
  WorkloadRequest,
  WorkloadStatus,
} from './spec.ts';

/**
 * Checks that a record file has the fields that its readers rely on. A user may have edited the file, a disk error may
 * have truncated it, or an older version may have written it. The checks use no schema library, since each supervisor
 * would load it and use more memory.
 */
export function isRequest(value: unknown): value is WorkloadRequest {
  return isSpec(value) && isText(value.request);
}

export function isServing(value: unknown): value is ServingRecord {
  return isObject(value) && isSpec(value.spec) && isList(value.replicas, isText);
}

export function isStatus(value: unknown): value is WorkloadStatus {
  if (!isObject(value) || ![value.request, value.deploymentId, value.state].every(isText)) return false;
  const { supervisor, replicas, failure, cron, holds, canary } = value;
  return (
    isProcess(supervisor) &&
    isList(replicas, isReplica) &&
    (holds === undefined || isList(holds, isAbsentOrObject)) &&
    (failure === undefined || isFailure(failure)) &&
    (canary === undefined || isSplit(canary)) &&
    (cron === undefined || (isObject(cron) && isText(cron.next) && isAbsentOrObject(cron.last)))
  );
}

export function isOrder(value: unknown): value is CanaryOrder {
  return (
    isObject(value) &&
    isText(value.request) &&
    typeof value.weight === 'number' &&
    (value.by === undefined || isProcess(value.by)) &&
    isAbsentOrObject(value.end)
  );
}

export function isFailed(value: unknown): value is FailedDeployment {
  if (!isObject(value) || !isText(value.name) || !isObject(value.spec)) return false;
  const { listen, artifact, cron } = value.spec;
  return isFailure(value.failure) && isAbsentOrObject(listen) && [artifact, cron].every(isAbsentOrText);
}

export function isHandover(value: unknown): value is Handover {
  return isObject(value) && isText(value.to) && isText(value.request);
}

function isSpec(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const { name, environment, deploymentId, cwd, log, env, replicas, listen, artifact, cron, canary } = value;
  return (
    [name, environment, deploymentId, cwd, log].every(isText) &&
    [artifact, cron].every(isAbsentOrText) &&
    isObject(env) &&
    Object.values(env).every(isText) &&
    Number.isSafeInteger(replicas) &&
    isObject(value.restart) &&
    isObject(value.stop) &&
    isAbsentOrObject(listen) &&
    [value.ports, value.published].every((list) => list === undefined || isList(list, isObject)) &&
    (canary === undefined || (isObject(canary) && isList(canary.steps, Number.isSafeInteger)))
  );
}

function isFailure(value: unknown): boolean {
  return isObject(value) && isText(value.reason) && isList(value.log, isText);
}

function isSplit(value: unknown): boolean {
  if (!isObject(value) || !Number.isSafeInteger(value.weight)) return false;
  return typeof value.since === 'number' && !Number.isNaN(new Date(value.since).getTime());
}

function isReplica(value: unknown): boolean {
  return (
    isProcess(value) &&
    [value.id, value.state, value.startedAt].every(isText) &&
    Number.isSafeInteger(value.restarts) &&
    isAbsentOrObject(value.ports)
  );
}

function isProcess(value: unknown): value is Record<string, unknown> {
  return (
    isObject(value) && Number.isSafeInteger(value.pid) && Number(value.pid) >= 0 && isText(value.startTime)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isAbsentOrText = (value: unknown) => value === undefined || isText(value);
const isText = (value: unknown) => typeof value === 'string';
const isAbsentOrObject = (value: unknown) => value === undefined || isObject(value);
const isList = (value: unknown, isEntry: (entry: unknown) => boolean) =>
  Array.isArray(value) && value.every(isEntry);
