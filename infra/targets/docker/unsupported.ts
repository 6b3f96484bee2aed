import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { runsOnce } from '../../stack/schema.ts';
import { clashes, passwordsOf } from '../shared/clashes.ts';
import { localHostClashes } from '../shared/local-hosts.ts';
import { unsupportedInContainers } from '../shared/containers-unsupported.ts';
import { hasBalancer } from './balanced.ts';

/** Returns an error for each setting that the Docker target does not support, except for those of `fields.ts`. */
export function unsupportedByDocker(graph: ServiceGraph): Finding[] {
  return [...unsupportedInContainers(graph), ...clashes(graph.services, namesOf), ...localHostClashes(graph)];
}

/** Names of the containers and of the passwords of a service. */
function namesOf(service: GraphService): string[] {
  const { name } = service;
  if (service.form === 'external') return [];
  if (service.form === 'data') return [name, ...passwordsOf(service)];
  const { config } = service;
  return [
    ...(config.preDeploy === undefined ? [] : [`${name}-predeploy`]),
    ...(hasBalancer(service) ? [`${name}-balancer`] : []),
    ...(config.cron === undefined && !runsOnce(config)
      ? Array.from({ length: config.replicas.min }, (_, index) => `${name}-${index + 1}`)
      : [name]),
  ];
}
