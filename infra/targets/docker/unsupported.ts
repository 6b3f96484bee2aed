import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { unsupportedInContainers } from '../containers-unsupported.ts';

/** What one Docker daemon cannot do. Relying on it is an error, never a silence. */
export function unsupportedByDocker(graph: ServiceGraph): Finding[] {
  const { services, gateway, observability } = graph;
  const problems = [...unsupportedInContainers(graph), ...services.flatMap(unsupportedOfService)];
  const add = (path: string[], message: string) => problems.push({ path, message });
  if (gateway?.domain !== undefined) {
    add(['gateway', 'domain'], `containers of one machine have no public domain; ${removed('domain')}`);
  }
  if (gateway?.provider === 'cloudflare') {
    add(['gateway', 'provider'], 'Cloudflare does not reach containers of one machine; choose workerd');
  }
  if (observability) {
    add(['observability'], `there is no Prometheus operator on Docker; ${removed('observability')}`);
  }
  return problems;
}

function unsupportedOfService({ name, config }: GraphService): Finding[] {
  if (!('replicas' in config)) return [];
  const problems: Finding[] = [];
  const add = (path: (string | number)[], message: string) =>
    problems.push({ path: ['services', name, ...path], message });
  const { replicas, egress, cron, kind } = config;

  if (replicas.min !== replicas.max) {
    add(['replicas'], 'Docker does not scale by load; write a number in the overlay of this environment');
  }
  egress.forEach(({ to, port }, index) => {
    if (to !== 'internet') {
      add(['egress', index, 'to'], 'a network of Docker is closed or open to the internet; write "internet"');
    }
    if (port !== undefined) {
      add(
        ['egress', index, 'port'],
        'a network of Docker that is open is so for all ports; leave "port" out',
      );
    }
  });
  if (kind === 'image' && cron !== undefined) {
    add(
      ['cron'],
      'runs in the image itself, which would need Node; give a `source` folder with a "dockerfile"',
    );
  }
  return problems;
}

function removed(field: string): string {
  return `write \`${field}: null\` in the overlay of this environment`;
}
