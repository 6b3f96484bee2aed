import type { Address } from '../balancer/backends.ts';
import { portHolder } from './port-holder.ts';
import { canListen } from './ports.ts';
import { RolloutError } from './replica-set.ts';

/** Returns true if a process can listen on the address now. Throws RolloutError for any reason but an address in use. */
export async function isFree(address: Address): Promise<boolean> {
  return canListen(address.host, address.port).catch((error: unknown) => {
    throw claimError(address, error as NodeJS.ErrnoException);
  });
}

/** Returns the error for an address that the workload cannot listen on, with the process that uses it if that is known. */
export function claimError({ host, port }: Address, error?: NodeJS.ErrnoException): RolloutError {
  const taken = error === undefined || error.code === 'EADDRINUSE';
  const reason = taken
    ? `${host}:${port} is already in use by ${portHolder(host, port) ?? 'another process'}`
    : `cannot listen on ${host}:${port}: ${error.message}`;
  return new RolloutError({ reason, log: [] });
}
