import type { Address } from '../../balancer/backends.ts';
import { portHolder } from './port-holder.ts';
import { canListen } from './ports.ts';
import { RolloutError } from './replica-set.ts';

/** Whether a process could listen on the address now. Throws RolloutError where nobody could. */
export async function isFree(address: Address): Promise<boolean> {
  return canListen(address.host, address.port).catch((error: unknown) => {
    throw claimError(address, error as NodeJS.ErrnoException);
  });
}

/** Why a declared address cannot be had. */
export function claimError({ host, port }: Address, error?: NodeJS.ErrnoException): RolloutError {
  const taken = error === undefined || error.code === 'EADDRINUSE';
  const reason = taken
    ? `${host}:${port} is already in use by ${portHolder(host, port) ?? 'another process'}`
    : `cannot listen on ${host}:${port}: ${error.message}`;
  return new RolloutError({ reason, log: [] });
}
