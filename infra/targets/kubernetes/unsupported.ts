import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { clashes, passwordsOf } from '../clashes.ts';
import { unsupportedInContainers } from '../containers-unsupported.ts';
import { credentialsOf, pullSecretName } from './pull-secrets.ts';
import { scalerOf } from './scaling.ts';
import { namespaceName } from './scope.ts';

/** What Kubernetes cannot do. Relying on it is an error, never a silence. */
export function unsupportedByKubernetes(graph: ServiceGraph): Finding[] {
  const { services, imagePullSecrets } = graph;
  const hasPullSecret = credentialsOf(imagePullSecrets).length > 0;
  const taken = [
    ...['default-deny', 'gateway-entrance', 'password revisions'],
    ...(hasPullSecret ? [pullSecretName] : []),
  ];
  return [
    ...unsupportedInContainers(graph),
    ...unsupportedNamespace(namespaceName(graph)),
    ...services.flatMap(unsupportedOfService),
    ...clashes(services, objectsOf, taken),
  ];
}

function unsupportedNamespace(namespace: string): Finding[] {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) return [];
  const message = `${JSON.stringify(namespace)} is no name of a namespace: 63 lower-case letters, digits and "-" at most; give the stack or the environment another one`;
  return [{ path: ['name'], message }];
}

/** Names of what is made of a service beside what is called as the service is. */
function objectsOf({ name, config, external }: GraphService): string[] {
  if (Object.keys(external).length > 0) return [];
  const backup = config.kind === 'postgres' ? [`${name}-backup`] : [];
  const preDeploy = 'preDeploy' in config && config.preDeploy !== undefined ? [`${name}-predeploy`] : [];
  return [name, ...backup, ...preDeploy, ...passwordsOf(name, config)];
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
