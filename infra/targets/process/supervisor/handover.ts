import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameAddress, keyOf } from '../../balancer/backends.ts';
import type { Address } from '../../balancer/backends.ts';
import { claimError } from './claim.ts';
import { readJson, readSpec, readStatus, writeJson } from './files.ts';
import { isAlive, signalProcess } from './identity.ts';
import { neighboursOf } from './neighbours.ts';
import { isHandover } from './shape.ts';
import type { WorkloadRequest } from './spec.ts';
import { startSupervisor } from './start.ts';

/**
 * An address that a workload gave up because another workload of its environment was deployed there. Each address of a stack file
 * has one owner, so whoever was asked for last is right. The record is a file in the folder of the workload that gave it up.
 */
export interface Handover {
  /** Name of the folder of the new owner. */
  to: string;
  /** `request` of the old owner at that time; a later request may take the address back. */
  request: string;
}

/** Milliseconds between two attempts to listen. */
const RETRY = 2;
/** Milliseconds after which the owner is asked again. */
const AGAIN = 1000;
/** Milliseconds that the owner gets besides the grace of its processes. */
const PATIENCE = 10_000;

/** Whether another workload of the environment has the address, and can be asked for it. */
export function heldByNeighbour(folder: string, address: Address): boolean {
  return neighboursOf(folder).some((other) => holds(other, address));
}

/**
 * Makes every other workload of the environment give the address up, and resolves with what `listen` gives, which is undefined as
 * long as somebody listens there. Throws RolloutError when that does not end.
 */
export async function takeAddress<T>(
  folder: string,
  address: Address,
  listen: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<T> {
  const deadline = Date.now() + PATIENCE + graceOf(folder, address);
  for (let asked = 0; ; await sleep(RETRY)) {
    signal.throwIfAborted();
    if (Date.now() - asked > AGAIN) {
      asked = Date.now();
      askNeighbours(folder, address);
    }
    const listening = await listen();
    if (listening !== undefined) return listening;
    if (Date.now() > deadline) throw claimError(address);
  }
}

/** The name of the workload that has the address now; undefined when it was not given up, or the new owner has no use for it any more. */
export function newOwner(folder: string, address: Address): string | undefined {
  const record = readHandover(folder, address);
  return record && stillWanted(join(dirname(folder), record.to), address) ? record.to : undefined;
}

/** The addresses that a workload has to give up, or has given up. */
export function handedOver(folder: string): Address[] {
  return recordNames(folder).map((name) => {
    const [, host = '', port] = pattern.exec(name) ?? [];
    return { host, port: Number(port) };
  });
}

/** Whether another workload was deployed at the address of this one after its last deployment, and still has a use for it. */
export function wasAskedFor(folder: string, { listen, request }: WorkloadRequest): boolean {
  if (listen === undefined || readHandover(folder, listen)?.request !== request) return false;
  return newOwner(folder, listen) !== undefined;
}

export function forgetHandover(folder: string, address: Address): void {
  rmSync(recordFile(folder, address), { force: true });
}

export function forgetHandovers(folder: string): void {
  for (const name of recordNames(folder)) rmSync(join(folder, name), { force: true });
}

function askNeighbours(folder: string, address: Address): void {
  for (const other of neighboursOf(folder)) {
    const spec = readSpec(other);
    if (!spec) continue; // It is being stopped.
    // Also one that gave it up to somebody else: the way back to it ends here.
    const hasRecord = readHandover(other, address) !== undefined;
    if (!holds(other, address) && !isSameAddress(spec.listen, address) && !hasRecord) continue;
    writeJson(recordFile(other, address), { to: basename(folder), request: spec.request } satisfies Handover);
    const supervisor = readStatus(other)?.supervisor;
    if (supervisor && isAlive(supervisor)) signalProcess(supervisor.pid, 'SIGHUP');
    else startSupervisor(other);
  }
}

/** What a supervisor of an older version has, only its spec tells. */
function holds(folder: string, address: Address): boolean {
  const spec = readSpec(folder);
  const status = readStatus(folder);
  // Without a spec it is being stopped.
  if (!spec && !(status && isAlive(status.supervisor))) return false;
  const held = status?.holds ?? [spec?.listen];
  return held.some((each) => isSameAddress(each, address));
}

/** A rollout that failed has no use for its address, unless the deployment before it serves there. */
function stillWanted(folder: string, address: Address): boolean {
  const spec = readSpec(folder);
  const status = readStatus(folder);
  if (!isSameAddress(spec?.listen, address)) return false;
  const failed = status?.request === spec?.request && status?.state === 'failed';
  return !failed || (status?.holds ?? []).some((each) => isSameAddress(each, address));
}

/** Milliseconds that the processes of the owners may take to end. */
function graceOf(folder: string, address: Address): number {
  const owners = neighboursOf(folder).filter((other) => holds(other, address));
  return Math.max(0, ...owners.map((other) => readSpec(other)?.stop.grace ?? 0)) * 1000;
}

const pattern = /^handed-over-(.+):(\d+)\.json$/;
const recordFile = (folder: string, address: Address) => join(folder, `handed-over-${keyOf(address)}.json`);
const recordNames = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : [];
const readHandover = (folder: string, address: Address) => readJson(recordFile(folder, address), isHandover);
