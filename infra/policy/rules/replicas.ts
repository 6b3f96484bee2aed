import { runsOnce } from '../../stack/schema.ts';
import { hasOwnVolume } from '../../stack/volumes.ts';
import { definePolicy } from '../define.ts';
import { inProduction } from '../levels.ts';

export const replicas = definePolicy({
  name: 'replicas',
  description: 'Every service that can have several replicas always has at least two.',
  levels: inProduction,
  check: ({ graph }) =>
    graph.services.flatMap(({ name, form, config }) => {
      if (form !== 'code' || config.cron !== undefined || hasOwnVolume(config) || runsOnce(config)) return [];
      const { min } = config.replicas;
      if (min >= 2) return [];
      const message = `at times, ${min === 0 ? 'no replica' : 'only one replica'} runs, and its failure stops the service: set at least 2`;
      return [
        { path: ['services', name, 'replicas', ...(config.replicas.max > min ? ['min'] : [])], message },
      ];
    }),
});
