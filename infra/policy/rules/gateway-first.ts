import { gatewayArtifact } from '../../artifacts/programs.ts';
import { publishedServices } from '../../targets/kubernetes/service.ts';
import { definePolicy } from '../define.ts';
import { exposuresOf } from '../exposures.ts';
import { everywhere } from '../levels.ts';

export const gatewayFirst = definePolicy({
  name: 'gateway-first',
  description:
    'Public requests reach services through the gateway only, which limits, checks and signs them, except for the ports in `publish`.',
  levels: everywhere,
  check: ({ graph, resources }) => {
    const data = new Set(graph.services.filter(({ form }) => form === 'data').map(({ name }) => name));
    const published = new Set(publishedServices(graph));
    return exposuresOf(resources)
      .filter(({ component = '' }) => component !== gatewayArtifact && !data.has(component))
      .filter(({ loadBalancer = '' }) => !published.has(loadBalancer))
      .map(({ component, by }) => ({
        path: component === undefined ? ['gateway'] : ['services', component],
        message: `${by} is reachable without the gateway: add a route of the gateway instead`,
      }));
  },
});
