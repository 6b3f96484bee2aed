import type { KubernetesObject } from '../manifests.ts';

type Labels = Record<string, string>;

interface Selector {
  matchLabels?: Labels;
  matchExpressions?: unknown[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface NetworkRule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: number; protocol?: string }[];
}

interface PolicySpec {
  podSelector: Selector;
  policyTypes: ('Ingress' | 'Egress')[];
  ingress?: NetworkRule[];
  egress?: NetworkRule[];
}

export type Direction = 'ingress' | 'egress';

/**
 * Returns whether the NetworkPolicies allow a connection of `pod` in one direction, with another pod of its namespace.
 */
export type Allows = (direction: Direction, pod: Labels, other: Labels, port: number) => boolean;

/**
 * Evaluates the NetworkPolicies of one namespace like Kubernetes: a pod without a policy may make all connections,
 * otherwise those that any of its policies allows.
 */
export function readPolicies(objects: KubernetesObject[]): {
  allows: Allows;
  /** Returns the rules for a pod; undefined if no policy selects it, so that everything is allowed. */
  rulesOf: (direction: Direction, pod: Labels) => NetworkRule[] | undefined;
} {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec as PolicySpec);
  const rulesOf = (direction: Direction, pod: Labels) => {
    const type = direction === 'ingress' ? 'Ingress' : 'Egress';
    const chosen = policies.filter(
      ({ podSelector, policyTypes }) => policyTypes.includes(type) && selects(podSelector, pod),
    );
    return chosen.length === 0 ? undefined : chosen.flatMap((policy) => policy[direction] ?? []);
  };
  const allows: Allows = (direction, pod, other, port) =>
    rulesOf(direction, pod)?.some((rule) => {
      const peers = direction === 'ingress' ? rule.from : rule.to;
      return (
        (peers === undefined || peers.some((peer) => isPeer(peer, other))) &&
        (rule.ports === undefined || rule.ports.some((open) => open.port === undefined || open.port === port))
      );
    }) ?? true;
  return { allows, rulesOf };
}

/** Returns whether a peer selects a pod of the same namespace; only pod selectors can. Ranges are checked separately. */
function isPeer({ podSelector, namespaceSelector }: Peer, pod: Labels): boolean {
  return namespaceSelector === undefined && podSelector !== undefined && selects(podSelector, pod);
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  if (matchExpressions.length > 0) throw new Error('only selectors with matchLabels are supported here');
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}
