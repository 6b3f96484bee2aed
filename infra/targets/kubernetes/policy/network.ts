import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { KubernetesObject } from '../manifests.ts';
import type { Edge, GraphService, ServiceGraph } from '../../../graph/types.ts';
import { routedPort } from '../../../stack/route-address.ts';
import { namedPorts, publishedPorts } from '../../../stack/ports.ts';
import { listeningPort } from '../../../containers/environment.ts';
import { triedOutOf } from '../canary/tried-out.ts';
import { entranceFrom } from '../gateway/entrance.ts';
import { workerdPort } from '../gateway/workerd.ts';
import { podsOf, type Pods } from './pods.ts';
import type { Violation } from '../../shared/violation.ts';
import { readPolicies, type Peer } from './reach.ts';

const nameLabel = 'app.kubernetes.io/name';
const componentLabel = 'app.kubernetes.io/component';

/** The DNS cache of a node. */
const nodeLocalDns = ['169.254.20.10/32 port 53'];

/**
 * Checks that the NetworkPolicies match the graph. For every pair of pods, both the egress of one and the ingress of
 * the other must allow the connections of edges and gateway routes and deny all others, so that neither end depends on
 * the policy of the other.
 */
export function networkAgrees(objects: KubernetesObject[], graph: ServiceGraph): Violation[] {
  const { allows, rulesOf } = readPolicies(objects);
  const pods = podsOf(objects);
  const unguarded = pods.flatMap(({ owner, labels }) =>
    (['ingress', 'egress'] as const)
      .filter((direction) => rulesOf(direction, labels) === undefined)
      .map((direction) => ({ object: owner, problem: `no NetworkPolicy limits its ${direction}` })),
  );
  const pairs = pods.flatMap((from) => pods.map((to) => ({ from, to })));
  const wrong = pairs.flatMap(({ from, to }) => {
    const serving = servingPorts(to, graph);
    // Port 9, on which no service listens, represents all other ports.
    return [
      ...serving.map((number) => ({ number, expected: mayConnect(from, to, number, graph) })),
      ...figuresPorts(to, graph).map((number) => ({
        number,
        expected: from.labels[nameLabel] === to.labels[nameLabel],
      })),
      { number: 9, expected: false },
    ].flatMap(({ number, expected }) => [
      ...differs(allows('egress', from.labels, to.labels, number), expected, from, `to ${to.owner}`, number),
      ...differs(
        allows('ingress', to.labels, from.labels, number),
        expected || isEntrance(to, number, graph) || isPublished(to, number, graph),
        to,
        `from ${from.owner}`,
        number,
      ),
    ]);
  });
  return [...unguarded, ...wrong, ...addressesAgree(pods, graph, rulesOf)];
}

function mayConnect(from: Pods, to: Pods, port: number, graph: ServiceGraph): boolean {
  const { edges, gateway } = graph;
  const named = namedPortsOf(to, graph);
  const [caller, callee] = [from.labels[nameLabel], to.labels[nameLabel]];
  // Backup pods have the name of their server.
  if (caller === callee) return from.labels[componentLabel] === 'backup';
  const isNamed = named.includes(port);
  if (caller === gatewayArtifact) {
    const routes = (gateway?.routes ?? []).filter(({ to }) => to === callee);
    return routes.some((route) =>
      isNamed ? routedPort(graph.services, route) === port : route.port === undefined,
    );
  }
  const opens = ({ ports }: Edge) =>
    isNamed ? ports?.includes(port) : (ports?.some((open) => !named.includes(open)) ?? true);
  return edges.some((edge) => edge.from === caller && edge.to === callee && opens(edge));
}

/**
 * Returns whether a port is the gateway's: without an Ingress or an HTTPRoute, it accepts connections from every pod, and the
 * egress policies limit them.
 */
function isEntrance({ labels }: Pods, port: number, { gateway }: ServiceGraph): boolean {
  return (
    labels[nameLabel] === gatewayArtifact &&
    gateway?.provider === 'workerd' &&
    entranceFrom(gateway) === undefined &&
    port === workerdPort
  );
}

/** Returns whether a port is published: it accepts connections from everywhere. */
function isPublished({ labels }: Pods, port: number, graph: ServiceGraph): boolean {
  const service = serviceOf(labels, graph);
  if (service?.form !== 'code') return false;
  return publishedPorts(service.config).some(
    (one) => one.port === port || (one.named === undefined && triedOutOf(service)?.meter === port),
  );
}

/** Returns the ports on which the pods of a service accept its requests; none for pods of Jobs. */
function servingPorts({ labels }: Pods, graph: ServiceGraph): number[] {
  if (labels[componentLabel] !== 'service') return [];
  const service = serviceOf(labels, graph);
  if (service === undefined) return [workerdPort];
  const ports = [listeningPort(service.config), triedOutOf(service)?.meter];
  return [...ports.filter((port) => port !== undefined), ...namedPortsOf({ labels }, graph)];
}

function namedPortsOf({ labels }: Pick<Pods, 'labels'>, graph: ServiceGraph): number[] {
  const service = serviceOf(labels, graph);
  return service?.form === 'code' ? namedPorts(service.config).map(({ port }) => port) : [];
}

/** Returns the ports on which the pods of a service tell the figures of a canary. */
function figuresPorts({ labels }: Pods, graph: ServiceGraph): number[] {
  const service = serviceOf(labels, graph);
  const figures = service && triedOutOf(service)?.figures;
  return figures === undefined ? [] : [figures];
}

function serviceOf(labels: Record<string, string>, { services }: ServiceGraph): GraphService | undefined {
  return services.find(({ name }) => name === labels[nameLabel]);
}

function differs(isOpen: boolean, expected: boolean, pods: Pods, way: string, port: number): Violation[] {
  if (isOpen === expected) return [];
  const problem = isOpen
    ? `port ${port} is open ${way}, but the graph has no edge for it`
    : `port ${port} is closed ${way}, but the graph has an edge for it`;
  return [{ object: pods.owner, problem }];
}

/** Checks that pods may reach exactly the address ranges that the stack file declares for them. */
function addressesAgree(
  pods: Pods[],
  graph: ServiceGraph,
  rulesOf: ReturnType<typeof readPolicies>['rulesOf'],
): Violation[] {
  return pods.flatMap(({ owner, labels }) => {
    const blocks = (rulesOf('egress', labels) ?? []).flatMap(({ to = [], ports = [{}] }) =>
      to.flatMap(({ ipBlock }) => (ipBlock ? ports.map(({ port }) => rangeOf(ipBlock.cidr, port)) : [])),
    );
    const expected = [...nodeLocalDns, ...declaredRanges(labels, graph)];
    const list = (ranges: string[]) => [...new Set(ranges)].toSorted().join(', ') || 'none';
    return list(blocks) === list(expected)
      ? []
      : [
          {
            object: owner,
            problem: `may reach the addresses ${list(blocks)}; the stack file says ${list(expected)}`,
          },
        ];
  });
}

function declaredRanges(labels: Record<string, string>, graph: ServiceGraph): string[] {
  const service = serviceOf(labels, graph);
  if (service === undefined) return gatewayRanges(graph);
  const declared = service.form === 'code' ? service.config.egress : [];
  const servers = graph.services.flatMap((server) =>
    server.form === 'external' && service.dependsOn.includes(server.name) ? [server.config] : [],
  );
  return [
    ...declared.map(({ to, port }) => rangeOf(to === 'internet' ? '0.0.0.0/0' : to, port)),
    ...servers.map(({ external, port }) => rangeOf(external?.network ?? '0.0.0.0/0', port)),
  ];
}

/**
 * Returns the ranges of the gateway: workerd fetches the public keys of tokens; Cloudflare's tunnel connects to
 * Cloudflare with QUIC or HTTP/2.
 */
function gatewayRanges({ gateway }: ServiceGraph): string[] {
  const asksForKeys = gateway?.routes.some(({ auth }) => auth !== undefined) ?? false;
  const ports = gateway?.provider === 'cloudflare' ? [7844, 443] : asksForKeys ? [443] : [];
  return ports.map((port) => rangeOf('0.0.0.0/0', port));
}

function rangeOf(cidr: string, port: number | undefined): string {
  return port === undefined ? cidr : `${cidr} port ${port}`;
}

/** Checks that rules for the internet exclude the cloud's metadata service and other private ranges. */
export function internetIsPublic(objects: KubernetesObject[]): Violation[] {
  const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) => {
      const { egress = [] } = spec as { egress?: { to?: Peer[] }[] };
      const open = egress.flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
      return open
        .filter(
          ({ cidr, except = [] }) => cidr === '0.0.0.0/0' && !ranges.every((range) => except.includes(range)),
        )
        .map(() => ({
          object: `NetworkPolicy/${metadata.name}`,
          problem: 'the rule for the internet includes private ranges',
        }));
    });
}
