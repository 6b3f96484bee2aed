import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';

/** Returns an error for each setting of the stack file that the process target does not support. */
export function unsupportedByProcess(graph: ServiceGraph): Finding[] {
  const { services, gateway, imagePullSecrets, observability } = graph;
  const problems = services.flatMap(unsupportedOfService);
  const add = (path: string[], message: string) => problems.push({ path, message });
  if (gateway?.domain !== undefined) {
    add(['gateway', 'domain'], `a process has no public domain; ${removed('domain')}`);
  }
  if (gateway?.provider === 'cloudflare') {
    add(['gateway', 'provider'], 'Cloudflare does not reach processes of one machine; choose workerd');
  }
  if (imagePullSecrets.length > 0) {
    add(['imagePullSecrets'], `processes are not started from images; ${removed('imagePullSecrets')}`);
  }
  if (observability) {
    add(['observability'], `there is no Prometheus operator for processes; ${removed('observability')}`);
  }
  return problems;
}

function unsupportedOfService({ name, config }: GraphService): Finding[] {
  const problems: Finding[] = [];
  const add = (field: string, message: string) => problems.push({ path: ['services', name, field], message });

  if (config.resources !== undefined) {
    add('resources', `a process cannot be held to CPU and memory limits; ${removed('resources')}`);
  }
  if (config.kind === 'image') {
    add(
      'image',
      'a process is not started from an image; give a `source` folder, or choose the target docker',
    );
  }
  if (config.kind === 'source' && config.dockerfile !== undefined) {
    add('dockerfile', 'a process is not started from an image; choose the target docker or kubernetes');
  }
  if ('replicas' in config && config.replicas.min !== config.replicas.max) {
    add('replicas', 'processes are not scaled by load; write a number in the overlay of this environment');
  }
  return problems;
}

function removed(field: string): string {
  return `write \`${field}: null\` in the overlay of this environment`;
}
