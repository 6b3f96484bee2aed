import { setTimeout as sleep } from 'node:timers/promises';
import { isSameAddress } from '../balancer/backends.ts';
import type { Backends, AddressOf } from '../balancer/backends.ts';
import { startBalancer } from '../balancer/balancer.ts';
import type { Balancer } from '../balancer/balancer.ts';
import type { Wanted } from './addresses.ts';
import { claimError } from './claim.ts';
import { newOwner } from './handover.ts';
import type { SupervisorContext } from './context.ts';
import { codeOf } from '../../tools/error-code.ts';

/** Milliseconds to wait for another process to free an address that this workload opens again. */
const PATIENCE = 5000;
/** Milliseconds between two attempts. */
const RETRY = 50;

/** A listener of a workload with `listen.mode: balanced`: its processes have their own ports behind this balancer. */
export interface Front extends Wanted {
  balancer: Balancer;
}

/** Returns whether a front listens as it is wanted. */
export function isFrontOf(front: Front, { address, speaksHttp, variable, isPublished }: Wanted): boolean {
  const same =
    front.speaksHttp === speaksHttp && front.variable === variable && front.isPublished === isPublished;
  return same && isSameAddress(front.address, address);
}

/** Starts to listen; undefined if the address is in use. Throws RolloutError for any other reason. */
export async function openFront(
  wanted: Wanted,
  backends: Backends,
  addressOf?: AddressOf,
): Promise<Front | undefined> {
  const { address, speaksHttp } = wanted;
  const options = addressOf && { addressOf };
  try {
    return { ...wanted, balancer: await startBalancer(address, speaksHttp, backends, options) };
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw claimError(address, error as NodeJS.ErrnoException);
  }
}

/**
 * Opens a front of adopted replicas again. Returns undefined if another workload has been deployed at the address
 * meanwhile. Throws RolloutError if another process keeps the address, and the abort reason of `signal`.
 */
export async function reopenFront(
  { address }: Wanted,
  open: () => Promise<Front | undefined>,
  { folder, log }: SupervisorContext,
  signal: AbortSignal,
): Promise<Front | undefined> {
  const deadline = Date.now() + PATIENCE;
  let front: Front | undefined;
  for (let attempt = 1; newOwner(folder, address) === undefined; attempt++) {
    if (front) return front;
    front = await open();
    if (front) continue; // Another workload may have requested the address meanwhile: the loop checks that first.
    const inUse = claimError(address);
    if (Date.now() > deadline) throw inUse;
    if (attempt === 1) log.write('supervisor', [`${inUse.message}; waiting for it`]);
    await sleep(RETRY, undefined, { signal });
  }
  front?.balancer.destroy();
  return undefined;
}
