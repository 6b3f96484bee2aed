import { definePolicy } from '../define.ts';
import { outsideDevelopment } from '../levels.ts';

export const health = definePolicy({
  name: 'health',
  description: 'Every service with a port has a health check.',
  levels: outsideDevelopment,
  check: ({ graph }) =>
    graph.services
      .filter(
        ({ form, config }) => form === 'code' && config.port !== undefined && config.health === undefined,
      )
      .map(({ name }) => ({
        path: ['services', name, 'health'],
        message:
          'has a port but no health check, so a replica that hangs still gets requests: set health: { path: /health }',
      })),
});
