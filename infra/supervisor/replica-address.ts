import type { Address } from '../balancer/backends.ts';
import { holdPort, reservePort } from './ports.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { WorkloadSpec } from './spec.ts';

/** The address at which one run of a replica listens. */
export interface ReplicaAddress {
  address: Address;
  /** Called when the run has ended. */
  release(): void;
}

/** Returns the declared address (`listen.mode: own`) or a new port for each run; undefined if no port is needed. */
export async function findAddress(spec: WorkloadSpec): Promise<ReplicaAddress | undefined> {
  const { listen } = spec;
  const host = hostOf(spec);
  if (listen?.mode === 'own') return { address: { host, port: listen.port }, release() {} };
  if (listen === undefined && !speaksHttpOf(spec)) return undefined;
  const { port, release } = await reservePort(host);
  return { address: { host, port }, release };
}

/** Reserves the address of an adopted process again: the earlier reservation has ended with the earlier supervisor. */
export function keepAddress(spec: WorkloadSpec, port: number | undefined): ReplicaAddress | undefined {
  if (port === undefined) return undefined;
  const address = { host: hostOf(spec), port };
  if (spec.listen?.mode === 'own') return { address, release() {} };
  // The process already listens there; the reservation keeps the port while the process does not listen.
  const held = holdPort(address.host, port).catch(() => undefined);
  return { address, release: () => void held.then((reserved) => reserved?.release()) };
}

const hostOf = ({ listen, env }: WorkloadSpec) => listen?.host ?? env.HOST ?? '127.0.0.1';
