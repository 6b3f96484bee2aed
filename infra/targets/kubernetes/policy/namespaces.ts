import type { KubernetesObject } from '../manifests.ts';
import { gatewayArtifact } from '../../../artifacts/programs.ts';
import { entranceFrom, isRange } from '../gateway/entrance.ts';
import type { ServiceGraph } from '../../../graph/types.ts';
import { podsOf } from './pods.ts';
import type { Violation } from '../../shared/violation.ts';
import { readPolicies, type Direction } from './reach.ts';

const namespaceLabel = 'kubernetes.io/metadata.name';

/**
 * Checks the traffic across the border of the namespace. Only KEDA may connect to services whose queue length it
 * reads, only Prometheus to services whose metrics it reads, and only the controller of an Ingress or HTTPRoute to the
 * gateway. Pods may connect only to the cluster's DNS.
 */
export function namespacesAreClosed(objects: KubernetesObject[], graph: ServiceGraph): Violation[] {
  const { rulesOf } = readPolicies(objects);
  return podsOf(objects).flatMap(({ owner, labels }) => {
    const name = labels['app.kubernetes.io/name'] ?? '';
    const expected = { ingress: callersOf(name, graph), egress: ['kube-system', 'openshift-dns'] };
    return (['ingress', 'egress'] as const).flatMap((direction) => {
      const seen = namespacesIn(rulesOf(direction, labels) ?? [], direction);
      const problem = `${direction} is open for the namespaces ${list(seen)}; expected: ${list(expected[direction])}`;
      return list(seen) === list(expected[direction]) ? [] : [{ object: owner, problem }];
    });
  });
}

function callersOf(name: string, { services, observability, gateway }: ServiceGraph): string[] {
  const entrance = gateway && name === gatewayArtifact ? entranceFrom(gateway) : undefined;
  if (entrance !== undefined && !isRange(entrance)) return [entrance];
  const tellsQueue = services.some(
    ({ form, config }) => form === 'code' && config.replicas.queue?.from === name,
  );
  const service = services.find((one) => one.name === name);
  const hasMetrics = service?.form === 'code' && service.config.metrics !== undefined;
  return [...(tellsQueue ? ['keda'] : []), ...(observability && hasMetrics ? ['monitoring'] : [])];
}

function namespacesIn(
  rules: NonNullable<ReturnType<ReturnType<typeof readPolicies>['rulesOf']>>,
  direction: Direction,
): string[] {
  const peers = rules.flatMap(({ from = [], to = [] }) => (direction === 'ingress' ? from : to));
  return peers.flatMap(({ namespaceSelector }) =>
    namespaceSelector === undefined ? [] : [namespaceSelector.matchLabels?.[namespaceLabel] ?? 'any'],
  );
}

function list(names: string[]): string {
  return [...new Set(names)].toSorted().join(', ') || 'none';
}
