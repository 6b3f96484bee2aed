import type { Address } from '../balancer/backends.ts';
import { holdPort, reservePort, type ReservedPort } from './ports.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { ReplicaStatus, WorkloadSpec } from './spec.ts';

/** The addresses at which one run of a replica listens. */
export interface ReplicaAddress {
  address: Address;
  /** The ports of its further addresses, by the variable that has them. */
  ports: Record<string, number>;
  /** Called when the run has ended. */
  release(): void;
}

/** Returns the declared address (`listen.mode: own`) or new ports for each run; undefined if no port is needed. */
export async function findAddress(spec: WorkloadSpec): Promise<ReplicaAddress | undefined> {
  const { listen } = spec;
  const host = hostOf(spec);
  if (listen?.mode === 'own') return { address: { host, port: listen.port }, ports: {}, release() {} };
  if (listen === undefined && !speaksHttpOf(spec)) return undefined;
  const { port, release } = await reservePort(host);
  const further: [string, ReservedPort][] = [];
  for (const { variable } of spec.ports ?? []) further.push([variable, await reservePort(host)]);
  return {
    address: { host, port },
    ports: Object.fromEntries(further.map(([variable, { port }]) => [variable, port])),
    release() {
      release();
      for (const [, reserved] of further) reserved.release();
    },
  };
}

/** Reserves the addresses of an adopted process again: the earlier reservations have ended with the earlier supervisor. */
export function keepAddress(
  spec: WorkloadSpec,
  { port, ports = {} }: Pick<ReplicaStatus, 'port' | 'ports'>,
): ReplicaAddress | undefined {
  if (port === undefined) return undefined;
  const address = { host: hostOf(spec), port };
  if (spec.listen?.mode === 'own') return { address, ports, release() {} };
  // The process already listens there; the reservations keep the ports while the process does not listen.
  const held = [port, ...Object.values(ports)].map((each) =>
    holdPort(address.host, each).catch(() => undefined),
  );
  return {
    address,
    ports,
    release() {
      for (const each of held) void each.then((reserved) => reserved?.release());
    },
  };
}

const hostOf = ({ listen, env }: WorkloadSpec) => listen?.host ?? env.HOST ?? '127.0.0.1';
