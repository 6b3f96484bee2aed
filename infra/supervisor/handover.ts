import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameAddress, keyOf } from '../balancer/backends.ts';
import type { Address } from '../balancer/backends.ts';
import { addressesOf } from './addresses.ts';
import { claimError } from './claim.ts';
import { readJson, readSpec, readStatus, writeJson } from './files.ts';
import { isAlive, signalProcess } from '../common/process-identity.ts';
import { neighboursOf } from './neighbours.ts';
import { isHandover } from './shape.ts';
import type { Handover, WorkloadRequest } from './spec.ts';
import { startSupervisor } from './start.ts';

/** Milliseconds between two attempts to listen. */
const RETRY = 2;
/** Milliseconds after which the request to the owner is repeated. */
const AGAIN = 1000;
/** Milliseconds that the owner gets to release the address, in addition to the grace period of its processes. */
const PATIENCE = 10_000;

/** Returns true if another workload of the environment listens at the address and can be asked to release it. */
export function heldByNeighbour(folder: string, address: Address): boolean {
  return neighboursOf(folder).some((other) => holds(other, address));
}

/**
 * Makes every other workload of the environment release the address, and calls `listen` until it returns a value, which
 * it resolves with. `listen` returns undefined while another process uses the address. Throws RolloutError after the
 * deadline.
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

/** Returns the new owner of the address; undefined if it was not given up or the new owner no longer needs it. */
export function newOwner(folder: string, address: Address): string | undefined {
  const record = readHandover(folder, address);
  return record && stillWanted(join(dirname(folder), record.to), address) ? record.to : undefined;
}

/** Returns the addresses that other workloads have requested from this one, also those already given up. */
export function handedOver(folder: string): Address[] {
  return recordNames(folder).map((name) => {
    const [, host = '', port] = pattern.exec(name) ?? [];
    return { host, port: Number(port) };
  });
}

/** Returns the addresses of this workload that another one requested after its last deployment and still needs. */
export function askedFor(folder: string, spec: WorkloadRequest): Address[] {
  return addressesOf(spec).filter(
    (address) =>
      readHandover(folder, address)?.request === spec.request && newOwner(folder, address) !== undefined,
  );
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
    if (!spec) continue; // The workload is being stopped.
    // An earlier owner with a record gets a new one, so that it does not take the address back when the previous owner
    // ends.
    const hasRecord = readHandover(other, address) !== undefined;
    if (!holds(other, address) && !includes(addressesOf(spec), address) && !hasRecord) continue;
    writeJson(recordFile(other, address), { to: basename(folder), request: spec.request } satisfies Handover);
    const supervisor = readStatus(other)?.supervisor;
    if (supervisor && isAlive(supervisor)) signalProcess(supervisor.pid, 'SIGHUP');
    else startSupervisor(other);
  }
}

/** Returns true if the workload listens at the address. Without `holds` (older versions) its spec decides. */
function holds(folder: string, address: Address): boolean {
  const spec = readSpec(folder);
  const status = readStatus(folder);
  // A workload without a spec is being stopped; it may still listen as long as its supervisor runs.
  if (!spec && !(status && isAlive(status.supervisor))) return false;
  return includes(status?.holds ?? addressesOf(spec), address);
}

/** Returns true if a workload needs the address. After a failed rollout, only the previous deployment can. */
function stillWanted(folder: string, address: Address): boolean {
  const spec = readSpec(folder);
  const status = readStatus(folder);
  if (!includes(addressesOf(spec), address)) return false;
  const failed = status?.request === spec?.request && status?.state === 'failed';
  return !failed || includes(status?.holds ?? [], address);
}

/** Returns the longest stop grace, in milliseconds, of the workloads that hold the address. */
function graceOf(folder: string, address: Address): number {
  const owners = neighboursOf(folder).filter((other) => holds(other, address));
  return Math.max(0, ...owners.map((other) => readSpec(other)?.stop.grace ?? 0)) * 1000;
}

/** Returns whether an address is in a list. */
export function includes(addresses: Address[], address: Address): boolean {
  return addresses.some((each) => isSameAddress(each, address));
}

const pattern = /^handed-over-(.+):(\d+)\.json$/;
const recordFile = (folder: string, address: Address) => join(folder, `handed-over-${keyOf(address)}.json`);
const recordNames = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : [];
const readHandover = (folder: string, address: Address) => readJson(recordFile(folder, address), isHandover);
