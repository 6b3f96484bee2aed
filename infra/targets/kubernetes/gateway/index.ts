import type { Text } from '../../../plan/hole.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hosts } from '../../../gateway/worker/environment.ts';
import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { Artifact } from '../../../artifacts/types.ts';
import { planCloudflare } from '../../../gateway/cloudflare/index.ts';
import { hostsOf, loopbackHosts } from '../../../gateway/hosts.ts';
import type { PlannedOptions, PlannedResource } from '../../../plan/planned.ts';
import type { ServiceGraph } from '../../../graph/types.ts';
import { routedPort, type RouteTarget } from '../../../stack/route-address.ts';
import type { Gateway } from '../../../stack/schema.ts';
import { gatewayConfig, gatewayConfigFile } from '../../../containers/gateway.ts';
import { urlOf } from '../../shared/service-values.ts';
import { disruptionBudgetArgs } from '../disruption.ts';
import { planWatched } from '../rollout.ts';
import { gatewayUrl } from './url.ts';
import { hostOf, namespaceName, type PlanScope } from '../scope.ts';
import { revisionOf, secretArgs } from '../secret.ts';
import { serviceAccountArgs } from '../service-account.ts';
import { serviceArgs } from '../service.ts';
import { types } from '../types.ts';
import type { ResourceType, WithHoles } from '../../../plan/resource.ts';
import { cloudflaredEntrance, tokenFile } from './cloudflared.ts';
import { entranceArgs, progressDeadlineSeconds, type Entrance } from './deployment.ts';
import { challengePolicyArgs, entranceFrom, httpRouteArgs, ingressArgs } from './entrance.ts';
import { entrancePolicyArgs } from './network.ts';
import { workerdEntrance, workerdPort } from './workerd.ts';

interface GatewayOptions {
  artifact: Artifact;
  /** Of our gateway; undefined where Cloudflare runs the Worker. */
  image: Text | undefined;
  /** PKCS #8 PEM; with it the requests to services are signed. Secret. */
  signingKey: Text | undefined;
  dependsOn: PlannedResource[];
}

/**
 * Plans our gateway in the cluster, or Cloudflare's with the cluster's end of its tunnel. TLS ends before our gateway, in the
 * controller of an Ingress or of a Gateway.
 */
export function planGateway(scope: PlanScope, graph: ServiceGraph, options: GatewayOptions): Text {
  const { gateway } = graph;
  if (gateway === undefined) throw new Error('the graph has no gateway');
  if (gateway.provider === 'cloudflare') return planTunnel(scope, graph, gateway, options);
  const { image, signingKey, dependsOn } = options;
  if (image === undefined) throw new Error('the gateway has no image');
  const originOfRoute = (target: RouteTarget) => originOf(graph, target, 'svc');
  const listening = { ...gateway, port: workerdPort, forwarded: entranceFrom(gateway) !== undefined };
  const config = gatewayConfig(listening, originOfRoute, clusterHosts(graph, gateway), signingKey);
  const revision = revisionOf(signingKey ?? '', { config });
  const entrance = workerdEntrance(image, revision);
  const secrets = { [gatewayConfigFile]: config };
  const deployment = planEntrance(scope, gateway, entrance, secrets, dependsOn);
  // Another port is for a gateway that works: until then its clients have the one that they know.
  const args = serviceArgs(scope, gatewayArtifact, gateway.port, [], workerdPort);
  const made = scope.resources.add(gatewayArtifact, types.service, gatewayArtifact, args, {
    dependsOn: [deployment],
  });
  planPublic(scope, gateway, made);
  return gatewayUrl(graph)!;
}

/** Plans the Ingress or the HTTPRoute that exposes the Service of the gateway outside of the cluster. */
function planPublic(scope: PlanScope, gateway: Gateway, service: PlannedResource): void {
  const { resources } = scope;
  const { ingress, httpRoute } = gateway;
  const options = { dependsOn: [service] };
  if (ingress !== undefined) {
    const args = ingressArgs(scope, gateway, ingress);
    resources.add(gatewayArtifact, types.ingress, gatewayArtifact, args, options);
  }
  if (ingress?.issuer !== undefined) {
    const policy = challengePolicyArgs(scope, ingress);
    resources.add(gatewayArtifact, types.networkPolicy, policy.metadata.name, policy);
  }
  if (httpRoute !== undefined) {
    const args = httpRouteArgs(scope, gateway, httpRoute);
    resources.add(gatewayArtifact, types.httpRoute, gatewayArtifact, args, options);
  }
}

/**
 * The names of the gateway's Service. Without a domain people come through a forwarded port, or by the address of a node or
 * a load balancer, which is not known before.
 */
export function clusterHosts(graph: ServiceGraph, gateway: Gateway): Hosts {
  const inCluster = ['', `.${namespaceName(graph)}`, `.${namespaceName(graph)}.svc`].map(
    (zone) => `${gatewayArtifact}${zone}`,
  );
  const own = [...inCluster, `${inCluster.at(-1)}.cluster.local`];
  return gateway.domain === undefined
    ? hostsOf(gateway, [...own, ...loopbackHosts], true)
    : hostsOf(gateway, own);
}

function planTunnel(
  scope: PlanScope,
  graph: ServiceGraph,
  gateway: Gateway,
  { artifact, signingKey, dependsOn }: GatewayOptions,
): Text {
  return planCloudflare({
    resources: scope.resources,
    name: namespaceName(graph),
    gateway,
    originOf: (target) => originOf(graph, target, 'svc.cluster.local'),
    script: readFileSync(join(artifact.path, 'worker.js'), 'utf8'),
    ...(signingKey !== undefined && { signingKey }),
    ownsZone: gateway.cloudflare?.ownsZone ?? true,
    connect: (token) => {
      const entrance = cloudflaredEntrance(revisionOf(token, { token }));
      return [planEntrance(scope, gateway, entrance, { [tokenFile]: token }, dependsOn)];
    },
  });
}

function planEntrance(
  scope: PlanScope,
  gateway: Gateway,
  entrance: Entrance,
  secrets: Record<string, Text>,
  dependsOn: PlannedResource[],
): PlannedResource {
  const policy = entrancePolicyArgs(scope, gateway);
  const add = <Args extends object>(
    type: ResourceType<Args>,
    name: string,
    objectArgs: WithHoles<Args>,
    options?: PlannedOptions,
  ) => scope.resources.add(gatewayArtifact, type, name, objectArgs, options);
  add(types.disruptionBudget, gatewayArtifact, disruptionBudgetArgs(scope, gatewayArtifact));
  const args = entranceArgs(scope, entrance);
  const timeout = progressDeadlineSeconds;
  const deployment = scope.resources.prepare(gatewayArtifact, types.deployment, gatewayArtifact, args);
  return planWatched(scope, { kind: 'Deployment', service: gatewayArtifact, workload: deployment, timeout }, [
    ...dependsOn,
    add(types.networkPolicy, policy.metadata.name, policy),
    add(types.serviceAccount, gatewayArtifact, serviceAccountArgs(scope, gatewayArtifact)),
    add(types.secret, gatewayArtifact, secretArgs(scope, gatewayArtifact, secrets)),
  ]);
}

/** `zone`: what stands after the namespace in a host name of the cluster. */
function originOf(graph: ServiceGraph, target: RouteTarget, zone: 'svc' | 'svc.cluster.local'): string {
  const port = routedPort(graph.services, target);
  return urlOf({ host: hostOf(graph, target.to).replace(/svc$/, zone), port });
}
