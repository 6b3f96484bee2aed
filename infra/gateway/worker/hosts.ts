import type { Refusal } from './answers.ts';
import type { Hosts } from './environment.ts';

/**
 * Refuses a request for a host that does not belong to the system. An attacker can point a domain of their own at this
 * gateway (DNS rebinding): browsers would then treat the attacker's pages as same-origin with the system's.
 */
export function refuseHost({ hostname }: URL, { names, addresses }: Hosts): Refusal | undefined {
  if (names.some((name) => isHost(hostname, name)) || (addresses && isAddress(hostname))) return undefined;
  return {
    status: 421,
    code: 'unknown_host',
    message: `${hostname} is not a host of this system. If it should be, add it to gateway.hosts in the stack file and run up.`,
  };
}

/** Returns whether a host is the one with this name, or one below `*.example.com`. */
export function isHost(hostname: string, name: string): boolean {
  return hostname === name || (name.startsWith('*.') && hostname.endsWith(name.slice(1)));
}

/** `URL` has already normalized every form of an IPv4 address to four numbers. */
function isAddress(hostname: string): boolean {
  return /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/.test(hostname);
}
