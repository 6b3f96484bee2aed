import type { Address } from '../../balancer/backends.ts';
import { holdPort, reservePort } from './ports.ts';
import type { WorkloadSpec } from './spec.ts';

/** Where one run of a replica listens. */
export interface ReplicaAddress {
  address: Address;
  /** Called when the run has ended. */
  release(): void;
}

/** A process that listens itself has its declared port. All others get one of their own for each run. */
export async function findAddress(spec: WorkloadSpec): Promise<ReplicaAddress | undefined> {
  const { listen, health } = spec;
  const host = hostOf(spec);
  if (listen?.mode === 'own') return { address: { host, port: listen.port }, release() {} };
  if (listen === undefined && health === undefined) return undefined;
  const { port, release } = await reservePort(host);
  return { address: { host, port }, release };
}

/** The address of a process that an earlier supervisor has started, whose reservation has ended with that one. */
export function keepAddress(spec: WorkloadSpec, port: number | undefined): ReplicaAddress | undefined {
  if (port === undefined) return undefined;
  const address = { host: hostOf(spec), port };
  if (spec.listen?.mode === 'own') return { address, release() {} };
  // The process listens there already; the reservation is for the moments when it does not.
  const held = holdPort(address.host, port).catch(() => undefined);
  return { address, release: () => void held.then((reserved) => reserved?.release()) };
}

const hostOf = ({ listen, env }: WorkloadSpec) => listen?.host ?? env.HOST ?? '127.0.0.1';
