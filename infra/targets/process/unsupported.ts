import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';

/** What processes on one machine cannot do. Relying on it is an error, never a silence. */
export function unsupportedByProcess({ services, gateway }: ServiceGraph): Finding[] {
  const problems = services.flatMap(unsupportedOfService);
  if (gateway?.domain === undefined) return problems;
  const message = 'a process has no public domain; write `domain: null` in the overlay of this environment';
  return [...problems, { path: ['gateway', 'domain'], message }];
}

function unsupportedOfService({ name, config }: GraphService): Finding[] {
  const problems: Finding[] = [];
  const add = (field: string, message: string) => problems.push({ path: ['services', name, field], message });

  if (config.resources !== undefined) {
    add(
      'resources',
      'a process cannot be held to CPU and memory limits; write `resources: null` in the overlay of this environment',
    );
  }
  if (config.kind === 'image') {
    add(
      'image',
      'a process is not started from an image; give a `source` folder, or choose the target docker',
    );
  }
  if ('replicas' in config && config.replicas.min !== config.replicas.max) {
    add('replicas', 'processes are not scaled by load; write a number in the overlay of this environment');
  }
  return problems;
}
