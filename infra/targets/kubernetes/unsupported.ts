import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { scalerOf } from './scaling.ts';

/** What Kubernetes cannot do. Relying on it is an error, never a silence. */
export function unsupportedByKubernetes({ services }: ServiceGraph): Finding[] {
  return services.flatMap(unsupportedOfService);
}

function unsupportedOfService({ name, config }: GraphService): Finding[] {
  if (!('replicas' in config)) return [];
  const problems: Finding[] = [];
  const add = (path: string[], message: string) =>
    problems.push({ path: ['services', name, ...path], message });
  const { replicas, cron, restart } = config;

  if (replicas.min === 0 && scalerOf(replicas) !== 'keda') {
    add(
      ['replicas', 'min'],
      'nothing wakes a service that sleeps but the length of a queue; write 1, or add "queue"',
    );
  }
  if (cron === undefined && restart.policy === 'never') {
    add(
      ['restart', 'policy'],
      'Kubernetes restarts whatever ends, with growing pauses; write on-failure or always',
    );
  }
  return problems;
}
