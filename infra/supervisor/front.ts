import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Backends } from '../balancer/backends.ts';
import { startBalancer } from '../balancer/balancer.ts';
import type { Balancer } from '../balancer/balancer.ts';
import { claimError } from './claim.ts';
import { newOwner } from './handover.ts';
import type { SupervisorContext } from './replica.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { WorkloadSpec } from './spec.ts';
import { codeOf } from '../../tools/error-code.ts';

/** Milliseconds to wait for another process to free an address that this workload opens again. */
const PATIENCE = 5000;
/** Milliseconds between two attempts. */
const RETRY = 50;

/** The listener of a workload with `listen.mode: balanced`: its processes have their own ports behind this balancer. */
export interface Front {
  address: Address;
  speaksHttp: boolean;
  balancer: Balancer;
}

/** Starts to listen; undefined if the address is in use. Throws RolloutError for any other reason. */
export async function openFront(spec: WorkloadSpec, backends: Backends): Promise<Front | undefined> {
  const { listen } = spec;
  if (listen === undefined) return undefined;
  const address = { host: listen.host, port: listen.port };
  const speaksHttp = speaksHttpOf(spec);
  try {
    return { address, speaksHttp, balancer: await startBalancer(address, speaksHttp, backends) };
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw claimError(address, error as NodeJS.ErrnoException);
  }
}

/**
 * Opens the front of adopted replicas again. Returns undefined if another workload has been deployed at the address
 * meanwhile. Throws RolloutError if another process keeps the address, and the abort reason of `signal`.
 */
export async function reopenFront(
  spec: WorkloadSpec,
  backends: Backends,
  { folder, log }: SupervisorContext,
  signal: AbortSignal,
): Promise<Front | undefined> {
  const { listen } = spec;
  if (listen?.mode !== 'balanced') return undefined;
  const deadline = Date.now() + PATIENCE;
  let front: Front | undefined;
  for (let attempt = 1; newOwner(folder, listen) === undefined; attempt++) {
    if (front) return front;
    front = await openFront(spec, backends);
    if (front) continue; // Another workload may have requested the address meanwhile: the loop checks that first.
    const inUse = claimError(listen);
    if (Date.now() > deadline) throw inUse;
    if (attempt === 1) log.write('supervisor', [`${inUse.message}; waiting for it`]);
    await sleep(RETRY, undefined, { signal });
  }
  front?.balancer.destroy();
  return undefined;
}
