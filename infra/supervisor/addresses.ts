import type { Address } from '../balancer/backends.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { WorkloadSpec } from './spec.ts';

/** An address at which the balancer of a workload listens. */
export interface Wanted {
  address: Address;
  speaksHttp: boolean;
  /** The variable with the port of a replica; absent for its main port. */
  variable?: string;
  /** Whether clients outside of the system use the address. */
  isPublished?: true;
}

/** Returns the addresses at which the balancer of a workload listens, its main one first; none if its process listens itself. */
export function listenersOf(spec: WorkloadSpec): Wanted[] {
  const { listen, ports = [], published = [] } = spec;
  if (listen?.mode !== 'balanced') return [];
  const { host, port } = listen;
  return [
    { address: { host, port }, speaksHttp: speaksHttpOf(spec) },
    ...ports.map(({ variable, port, protocol }) => ({
      address: { host, port },
      speaksHttp: protocol === 'http',
      variable,
    })),
    ...published.map(({ host, port, variable }) => ({
      address: { host, port },
      ...targetOf(spec, variable),
      isPublished: true as const,
    })),
  ];
}

/** Returns where a published address leads: to the main port, or to the one whose replicas find it in `variable`. */
function targetOf(spec: WorkloadSpec, variable: string | undefined): Pick<Wanted, 'speaksHttp' | 'variable'> {
  if (variable === undefined) return { speaksHttp: speaksHttpOf(spec) };
  const own = spec.ports?.find((named) => named.variable === variable);
  return { speaksHttp: own?.protocol === 'http', variable };
}

/** Returns every address that belongs to a workload. */
export function addressesOf(
  spec: Pick<WorkloadSpec, 'listen' | 'ports' | 'published'> | undefined,
): Address[] {
  const { listen, ports = [], published = [] } = spec ?? {};
  if (listen === undefined) return [];
  const { host } = listen;
  return [
    { host, port: listen.port },
    ...ports.map(({ port }) => ({ host, port })),
    ...published.map(({ host, port }) => ({ host, port })),
  ];
}
