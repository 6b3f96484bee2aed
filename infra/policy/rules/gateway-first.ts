import { gatewayArtifact } from '../../artifacts/programs.ts';
import { definePolicy } from '../define.ts';
import { exposuresOf } from '../exposures.ts';
import { everywhere } from '../levels.ts';

export const gatewayFirst = definePolicy({
  name: 'gateway-first',
  description:
    'Public requests reach services through the gateway only, which limits, checks and signs them.',
  levels: everywhere,
  check: ({ graph, resources }) => {
    const data = new Set(graph.services.filter(({ form }) => form === 'data').map(({ name }) => name));
    return exposuresOf(resources)
      .filter(({ component = '' }) => component !== gatewayArtifact && !data.has(component))
      .map(({ component, by }) => ({
        path: component === undefined ? ['gateway'] : ['services', component],
        message: `${by} is reachable without the gateway: add a route of the gateway instead`,
      }));
  },
});
