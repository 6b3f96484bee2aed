import type { Address } from '../balancer/backends.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { WorkloadSpec } from './spec.ts';

/** An address at which the balancer of a workload listens. */
export interface Wanted {
  address: Address;
  speaksHttp: boolean;
  /** The variable with the port of a replica; absent for the main address, by which replicas are known. */
  variable?: string;
}

/** Returns the addresses at which the balancer of a workload listens, its main one first; none if its process listens itself. */
export function listenersOf(spec: WorkloadSpec): Wanted[] {
  const { listen, ports = [] } = spec;
  if (listen?.mode !== 'balanced') return [];
  const { host, port } = listen;
  return [
    { address: { host, port }, speaksHttp: speaksHttpOf(spec) },
    ...ports.map(({ variable, port, protocol }) => ({
      address: { host, port },
      speaksHttp: protocol === 'http',
      variable,
    })),
  ];
}

/** Returns every address that belongs to a workload. */
export function addressesOf(spec: Pick<WorkloadSpec, 'listen' | 'ports'> | undefined): Address[] {
  const { listen, ports = [] } = spec ?? {};
  if (listen === undefined) return [];
  const { host } = listen;
  return [{ host, port: listen.port }, ...ports.map(({ port }) => ({ host, port }))];
}
