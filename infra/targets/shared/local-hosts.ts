import { localHost } from '../../gateway/hosts.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { routeAddress } from '../../stack/route-address.ts';

/** Returns a finding for each route that a gateway of one machine would serve under the address of an earlier one. */
export function localHostClashes({ gateway }: ServiceGraph): Finding[] {
  const owners = new Map<string, string>();
  return (gateway?.routes ?? []).flatMap(({ host, path }, index): Finding[] => {
    if (host === undefined) return [];
    const local = localHost(host);
    const address = routeAddress({ host: local, path });
    const owner = owners.get(address);
    owners.set(address, owner ?? host);
    if (owner === undefined || owner === host) return [];
    const other = `${host.split('.').slice(0, -1).join('-').replace('*-', '*.')}.localhost`;
    const clash = `${JSON.stringify(host)} is ${local} on this machine, and so is ${JSON.stringify(owner)}`;
    const message = `${clash}; write other hosts, such as ${other}, in the overlay of this environment`;
    return [{ path: ['gateway', 'routes', index, 'host'], message }];
  });
}
