import type { Refusal } from './answers.ts';
import type { Hosts } from './environment.ts';

/**
 * Refuses a request for a host that is not the system's. The owner of a domain can point it at this gateway (DNS
 * rebinding): browsers would then take the pages of that owner for pages of the system.
 */
export function refuseHost({ hostname }: URL, { names, addresses }: Hosts): Refusal | undefined {
  if (names.includes(hostname) || (addresses && isAddress(hostname))) return undefined;
  if (names.some((name) => name.startsWith('*.') && hostname.endsWith(name.slice(1)))) return undefined;
  return {
    status: 421,
    code: 'unknown_host',
    message: `${hostname} is not a host of this system. If it should be, add it to gateway.hosts in the stack file and run up.`,
  };
}

/** `URL` has already written every form of an IPv4 address as four numbers. */
function isAddress(hostname: string): boolean {
  return /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/.test(hostname);
}
