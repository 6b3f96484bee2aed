import { kindOf } from '../../data/index.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { publishedPorts } from '../../stack/ports.ts';
import { runsOnce } from '../../stack/schema.ts';
import { clashes, passwordsOf } from '../shared/clashes.ts';
import { unsupportedInContainers } from '../shared/containers-unsupported.ts';
import { publicHosts } from './gateway/entrance.ts';
import { figuresName } from './canary/figures-service.ts';
import { triedOut } from './canary/tried-out.ts';
import { credentialsOf, pullSecretName } from './pull-secrets.ts';
import { namespaceName } from './scope.ts';
import { publishedName } from './service.ts';

/** Returns an error for each setting that the Kubernetes target does not support, except for those of `fields.ts`. */
export function unsupportedByKubernetes(graph: ServiceGraph): Finding[] {
  const { services, imagePullSecrets } = graph;
  const hasPullSecret = credentialsOf(imagePullSecrets).length > 0;
  const taken = [
    ...['default-deny', 'gateway-entrance', 'password revisions'],
    ...(graph.gateway?.ingress?.issuer === undefined ? [] : ['gateway-acme']),
    ...(hasPullSecret ? [pullSecretName] : []),
  ];
  return [
    ...unsupportedInContainers(graph),
    ...unsupportedNamespace(namespaceName(graph)),
    ...unsupportedEntrance(graph),
    ...clashes(services, objectsOf, taken),
  ];
}

function unsupportedEntrance({ gateway }: ServiceGraph): Finding[] {
  if (gateway === undefined || publicHosts(gateway).length > 0) return [];
  return (['ingress', 'httpRoute'] as const)
    .filter((field) => gateway[field] !== undefined)
    .map((field) => ({ path: ['gateway', field], message: 'needs "domain", or a route with "host"' }));
}

function unsupportedNamespace(namespace: string): Finding[] {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) return [];
  const message = `${JSON.stringify(namespace)} is not a valid namespace name, which has at most 63 lower-case letters, digits and "-"; rename the stack or the environment`;
  return [{ path: ['name'], message }];
}

/** Returns the names of a service's resources: its own name, and those of its secondary resources. */
function objectsOf(service: GraphService): string[] {
  const { name } = service;
  switch (service.form) {
    case 'code':
      return [
        name,
        ...(service.config.preDeploy === undefined ? [] : [`${name}-predeploy`]),
        ...(runsOnce(service.config) ? [`${name}-once`] : []),
        ...(publishedPorts(service.config).length > 0 ? [publishedName(name)] : []),
        ...(triedOut(service.config) === undefined ? [] : [figuresName(name)]),
      ];
    case 'data': {
      const { backup } = kindOf(service.config);
      return [name, ...(backup === undefined ? [] : [`${name}-backup`]), ...passwordsOf(service)];
    }
    case 'external':
      return [];
  }
}
