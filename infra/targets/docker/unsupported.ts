import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import type { DataService } from '../../stack/schema.ts';
import { clashes, passwordsOf } from '../clashes.ts';
import { unsupportedInContainers } from '../containers-unsupported.ts';
import { hasBalancer } from './balanced.ts';

/** What one Docker daemon cannot do. Relying on it is an error, never a silence. */
export function unsupportedByDocker(graph: ServiceGraph): Finding[] {
  const { services, gateway, imagePullSecrets, observability } = graph;
  const problems = [
    ...unsupportedInContainers(graph),
    ...services.flatMap(unsupportedOfService),
    ...clashes(services, namesOf),
  ];
  const add = (path: string[], message: string) => problems.push({ path, message });
  if (gateway?.domain !== undefined) {
    add(['gateway', 'domain'], `containers of one machine have no public domain; ${removed('domain')}`);
  }
  if (gateway?.provider === 'cloudflare') {
    add(['gateway', 'provider'], 'Cloudflare does not reach containers of one machine; choose workerd');
  }
  if (imagePullSecrets.length > 0) {
    const message = `a Docker daemon has no Secrets: run \`docker login\` and \`docker pull\` there, then ${removed('imagePullSecrets')}`;
    add(['imagePullSecrets'], message);
  }
  if (observability) {
    add(['observability'], `there is no Prometheus operator on Docker; ${removed('observability')}`);
  }
  return problems;
}

/** Names of the containers and of the passwords of a service. */
function namesOf({ name, config, external }: GraphService): string[] {
  if (Object.keys(external).length > 0) return [];
  if (!('replicas' in config)) return [name, ...passwordsOf(name, config)];
  return [
    ...(config.preDeploy === undefined ? [] : [`${name}-predeploy`]),
    ...(hasBalancer(config) ? [`${name}-balancer`] : []),
    ...(config.cron === undefined
      ? Array.from({ length: config.replicas.min }, (_, index) => `${name}-${index + 1}`)
      : [name]),
  ];
}

function unsupportedOfService({ name, config }: GraphService): Finding[] {
  if (!('replicas' in config)) return unsupportedOfServer(name, config);
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
  if (cron !== undefined && (kind === 'image' || config.dockerfile !== undefined)) {
    add(['cron'], 'is kept inside of the image, by Node; give a `source` folder without a "dockerfile"');
  }
  return problems;
}

function unsupportedOfServer(name: string, { external }: DataService): Finding[] {
  if (external?.network === undefined) return [];
  const message = `a network of Docker is closed or open to the internet; ${removed('network')}`;
  return [{ path: ['services', name, 'external', 'network'], message }];
}

function removed(field: string): string {
  return `write \`${field}: null\` in the overlay of this environment`;
}
