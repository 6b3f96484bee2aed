/** Refuses images that do not come from the registry of the team. */
import { definePolicy } from 'railhead/policy';

const registry = 'registry.example.com/';

export default definePolicy({
  name: 'allowed-registry',
  description: 'Images come from the registry of the team.',
  levels: { development: 'advice', staging: 'error', production: 'error' },
  check: ({ stack }) =>
    Object.entries(stack.services).flatMap(([name, service]) =>
      service.kind === 'image' && !service.image.startsWith(registry)
        ? [{ path: ['services', name, 'image'], message: `${service.image} is not in ${registry}` }]
        : [],
    ),
});
