import type { Address, Backends } from '../../balancer/backends.ts';
import { startBalancer } from '../../balancer/balancer.ts';
import type { Balancer } from '../../balancer/balancer.ts';
import { claimError } from './claim.ts';
import type { WorkloadSpec } from './spec.ts';

/** What listens for a workload whose processes do not listen at its address themselves. */
export interface Front {
  address: Address;
  speaksHttp: boolean;
  balancer: Balancer;
}

/** Undefined when somebody listens at the address; throws RolloutError where nobody could. */
export async function openFront(spec: WorkloadSpec, backends: Backends): Promise<Front | undefined> {
  const { listen } = spec;
  if (listen === undefined) return undefined;
  const address = { host: listen.host, port: listen.port };
  const speaksHttp = speaksHttpOf(spec);
  try {
    return { address, speaksHttp, balancer: await startBalancer(address, speaksHttp, backends) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw claimError(address, error as NodeJS.ErrnoException);
  }
}

export const speaksHttpOf = ({ health }: WorkloadSpec) => typeof health === 'object';
