import { definePolicy } from '../define.ts';
import { exposuresOf } from '../exposures.ts';
import { everywhere } from '../levels.ts';

export const privateData = definePolicy({
  name: 'private-data',
  description: 'Other machines cannot connect to a data service.',
  levels: everywhere,
  check: ({ graph, resources }) => {
    const data = new Set(graph.services.filter(({ form }) => form === 'data').map(({ name }) => name));
    return exposuresOf(resources)
      .filter(({ component = '' }) => data.has(component))
      .map(({ component = '', by }) => ({
        path: ['services', component],
        message: `other machines can connect to it through ${by}: remove this, so that only services that refer to it can connect`,
      }));
  },
});
