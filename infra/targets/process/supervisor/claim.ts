import type { Address } from '../../balancer/backends.ts';
import { portHolder } from './port-holder.ts';
import { canListen } from './ports.ts';
import { RolloutError } from './replica-set.ts';

/** Throws RolloutError, which names the holder where it can be seen, unless a process could listen on the address now. */
export async function requireFree(address: Address): Promise<void> {
  const free = await canListen(address.host, address.port).catch((error: unknown) => {
    throw claimError(address, error as NodeJS.ErrnoException);
  });
  if (!free) throw claimError(address);
}

/** Why a declared address cannot be had. */
export function claimError({ host, port }: Address, error?: NodeJS.ErrnoException): RolloutError {
  const taken = error === undefined || error.code === 'EADDRINUSE';
  const reason = taken
    ? `${host}:${port} is already in use by ${portHolder(host, port) ?? 'another process'}`
    : `cannot listen on ${host}:${port}: ${error.message}`;
  return new RolloutError({ reason, log: [] });
}
