import { definePolicy, type PolicyInput, type PolicyProblem } from '../define.ts';
import { outsideDevelopment } from '../levels.ts';
import { canSet } from '../support.ts';
import type { GraphService } from '../../graph/types.ts';

export const egress = definePolicy({
  name: 'egress',
  description: 'Every connection out of the system names an address range or a port.',
  levels: outsideDevelopment,
  check: (input) => input.graph.services.flatMap((service) => check(input, service)),
});

function check(input: PolicyInput, service: GraphService): PolicyProblem[] {
  const { name, form, config } = service;
  if (form === 'external' && canSet(input, service, 'external.network') && !config.external?.network) {
    const message =
      'services may connect to any address at its port: name the IP range of the server, in "network"';
    return [{ path: ['services', name, 'external', 'network'], message }];
  }
  if (form !== 'code' || !canSet(input, service, 'egress.port')) return [];
  return config.egress.flatMap(({ to, port }, index) => {
    if (port !== undefined || !(to === 'internet' || to.endsWith('/0'))) return [];
    const message = `${to === 'internet' ? 'the whole internet' : to} may be reached at any port: name a port, or a smaller range`;
    return [{ path: ['services', name, 'egress', index], message }];
  });
}
