import type { WithHoles } from '../../plan/resource.ts';
import type { ExternalNode, GraphService, ServiceGraph } from '../../graph/types.ts';
import { routedPort } from '../../stack/route-address.ts';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import { publishedPorts } from '../../stack/ports.ts';
import { poolerOf } from '../../data/pooler/pooler.ts';
import { listeningPort } from '../../containers/environment.ts';
import { triedOutOf } from './canary/tried-out.ts';
import { dnsEgress } from './dns.ts';
import type { input } from './inputs.ts';
import { metadata, podsOf, type Scope } from './scope.ts';

type Egress = WithHoles<input.networking.v1.NetworkPolicyEgressRule>;
type Ingress = WithHoles<input.networking.v1.NetworkPolicyIngressRule>;

/** The namespaces of KEDA and Prometheus, which send requests to services: the defaults of their Helm charts. */
const scalerNamespace = 'keda';
const monitoringNamespace = 'monitoring';

/** Private address ranges: the cluster, its nodes and the metadata service of a cloud. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'];

/** Returns the policy that denies all traffic of the namespace except DNS. Other policies add the allowed traffic. */
export function defaultPolicyArgs({ stack, namespace }: Pick<Scope, 'stack' | 'namespace'>) {
  const labels = { 'app.kubernetes.io/part-of': stack, 'app.kubernetes.io/managed-by': 'railhead' };
  return {
    metadata: { name: 'default-deny', namespace, labels },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: dnsEgress,
    } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
  };
}

/** Returns the policy of a service: one ingress or egress rule for each edge of the graph. */
export function servicePolicyArgs(scope: Scope, graph: ServiceGraph, service: GraphService) {
  return policyArgs(scope, service.name, ingressOf(scope, graph, service), egressOf(scope, graph, service));
}

/** Returns the policy that lets the gateway reach the services of its routes. */
export function gatewayPolicyArgs(scope: Scope, graph: ServiceGraph) {
  const egress = graph.services
    .filter((service) => isRouted(graph, service))
    .map((to) => toPods(scope, to, routedPorts(graph, to)));
  return policyArgs(scope, gatewayArtifact, [], egress);
}

function policyArgs(scope: Scope, name: string, ingress: Ingress[], egress: Egress[]) {
  return {
    metadata: metadata(scope, name),
    spec: {
      podSelector: { matchLabels: podsOf(scope, name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress,
      egress,
    } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
  };
}

function ingressOf(scope: Scope, graph: ServiceGraph, service: GraphService): Ingress[] {
  const { name } = service;
  const ports = portsOf(service);
  if (ports.length === 0) return [];
  const allow = (from: WithHoles<input.networking.v1.NetworkPolicyPeer>, to = ports) => ({
    from: [from],
    ports: to.map(tcp),
  });
  const pods = (service: string) => ({ podSelector: { matchLabels: podsOf(scope, service) } });
  const callers = graph.edges
    .filter(({ to }) => to === name)
    .map(({ from, ports }) => allow(pods(from), portsOf(service, ports)));
  const hasMetrics = service.form === 'code' && service.config.metrics !== undefined;
  return [
    ...callers,
    ...openToAll(service),
    ...(isRouted(graph, { name })
      ? [allow(pods(gatewayArtifact), portsOf(service, routedPorts(graph, service)))]
      : []),
    ...(tellsQueue(graph, name) ? [allow(namespaceNamed(scalerNamespace))] : []),
    ...(graph.observability && hasMetrics ? [allow(namespaceNamed(monitoringNamespace))] : []),
    ...figuresOf(service).map((port) => ({ from: [pods(name)], ports: [tcp(port)] })),
  ];
}

/**
 * Returns the rule for published ports. It names no source: by default, a node replaces the address of a client with its own.
 */
function openToAll(service: GraphService): Ingress[] {
  if (service.form !== 'code') return [];
  const ports = publishedPorts(service.config).flatMap(({ port }) => portsOf(service, [port]));
  return ports.length > 0 ? [{ ports: ports.map(tcp) }] : [];
}

function egressOf(scope: Scope, graph: ServiceGraph, service: GraphService): Egress[] {
  const { name, form, config, dependsOn } = service;
  const services = graph.services.filter(({ name }) => dependsOn.includes(name));
  const declared = form === 'code' ? config.egress : [];
  return [
    ...services.map((to) =>
      to.form === 'external' ? toServer(to) : toPods(scope, to, openedBy(graph, name, to.name)),
    ),
    ...declared.map(({ to, port }) => ({
      to: [to === 'internet' ? internet : { ipBlock: { cidr: to } }],
      ...(port !== undefined && { ports: [tcp(port)] }),
    })),
    ...figuresOf(service).map((port) => ({
      to: [{ podSelector: { matchLabels: podsOf(scope, name) } }],
      ports: [tcp(port)],
    })),
  ];
}

/** Returns the ports that an edge opens; undefined if the other service has no named ports. */
function openedBy({ edges }: ServiceGraph, from: string, to: string): number[] | undefined {
  return edges.find((edge) => edge.from === from && edge.to === to)?.ports;
}

function toPods(scope: Scope, service: GraphService, opened?: number[]): Egress {
  const ports = portsOf(service, opened);
  return {
    to: [{ podSelector: { matchLabels: podsOf(scope, service.name) } }],
    ...(ports.length > 0 && { ports: ports.map(tcp) }),
  };
}

/**
 * Returns the ports at which the pods of a service accept the connections that an edge opens. For the main port, these are the
 * port of the service and that of its meter: while a service gets or loses its meter, it has pods of both kinds.
 */
function portsOf(service: GraphService, opened?: number[]): number[] {
  const pooler = service.form === 'data' ? poolerOf(service.config) : undefined;
  const main = [listeningPort(service.config), triedOutOf(service)?.meter, pooler].filter(
    (port) => port !== undefined,
  );
  return opened?.flatMap((port) => (port === service.config.port ? main : [port])) ?? main;
}

/** Returns the port at which the pods of a service tell the figures of a canary to the pods that judge it. */
function figuresOf(service: GraphService): number[] {
  const tried = triedOutOf(service);
  return tried === undefined ? [] : [tried.figures];
}

/** Returns the egress rule to an external data server. */
function toServer({ config }: ExternalNode): Egress {
  const network = config.external?.network;
  const port = listeningPort(config);
  return {
    to: [{ ipBlock: { cidr: network ?? '0.0.0.0/0' } }],
    ...(port !== undefined && { ports: [tcp(port)] }),
  };
}

/** All public addresses. */
export const internet = { ipBlock: { cidr: '0.0.0.0/0', except: privateRanges } };

function isRouted({ gateway }: ServiceGraph, { name }: Pick<GraphService, 'name'>): boolean {
  return gateway?.routes.some(({ to }) => to === name) ?? false;
}

/** Returns the ports of a service to which routes lead, sorted. */
function routedPorts({ gateway, services }: ServiceGraph, { name }: GraphService): number[] {
  const targets = (gateway?.routes ?? []).filter(({ to }) => to === name);
  return [...new Set(targets.map((target) => routedPort(services, target)))].sort(
    (one, other) => one - other,
  );
}

/** Returns true if KEDA reads the length of a queue from this service. */
function tellsQueue({ services }: ServiceGraph, name: string): boolean {
  return services.some(({ form, config }) => form === 'code' && config.replicas.queue?.from === name);
}

function namespaceNamed(name: string) {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function tcp(port: number) {
  return { port, protocol: 'TCP' };
}
