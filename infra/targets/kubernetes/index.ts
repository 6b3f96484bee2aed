import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import type { Input, Resource } from '@pulumi/pulumi';
import { output, type Output } from '@pulumi/pulumi/output.js';
import { gatewayArtifact } from '../../artifacts/programs.ts';
import type { Release } from '../../artifacts/types.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { createPassword } from '../shared/generated.ts';
import { kindOf } from '../../data/index.ts';
import { deployImages } from '../shared/images.ts';
import type { Keys } from '../shared/keys.ts';
import { urlOf } from '../../servers/values.ts';
import type { DeployedService, Deployment, TargetContext } from '../shared/target.ts';
import { createValues } from '../shared/values.ts';
import { deployKubernetesGateway, gatewayUrl } from './gateway/index.ts';
import { serviceImage } from './images.ts';
import { namespaceArgs } from './namespace.ts';
import { defaultPolicyArgs, gatewayPolicyArgs, servicePolicyArgs } from './network.ts';
import { deployObservability } from './observability/index.ts';
import { deployPostgres } from './postgres/index.ts';
import { credentialsOf, pullSecretArgs, pullSecretName } from './pull-secrets.ts';
import { deployRedis } from './redis/index.ts';
import { dataOptions, hostOf, namespaceName, type Scope } from './scope.ts';
import { deployWorkload } from './workload.ts';

/** Creates the namespace of an environment and its services. Network policies allow only the edges of the graph. */
export function deployCluster(graph: ServiceGraph, release: Release, context: TargetContext): Deployment {
  const scope = deployNamespace(graph, context);
  const values = createValues(graph, context, {
    hostOf: (name) => hostOf(graph, name),
    publicUrl: gatewayUrl(graph),
    volumeOf: ({ config }) => config.volume?.path,
  });
  const revisionKey = createPassword(context, 'revisions');
  const around = { scope, graph, lookup: values.lookup, revisionKey };
  const services: Record<string, DeployedService> = {};
  // Without a registry, the user loads the images into the nodes; `railhead images` builds them.
  const pushed = graph.images.registry === undefined ? {} : deployImages(release, graph, context.root);

  for (const service of graph.services) {
    const { name } = service;
    if (service.form === 'external') continue;
    const policy = new NetworkPolicy(name, servicePolicyArgs(scope, graph, service));
    const dependsOn = [policy, ...service.dependsOn.flatMap((other) => services[other]?.resource ?? [])];
    const deployed = (resource: Resource) => {
      services[name] = { resource, provided: values.usedOf(service), ...addressOf(graph, service) };
    };
    if (service.form === 'data') {
      const { config } = service;
      const { resource, provided } =
        config.kind === 'postgres'
          ? deployPostgres(scope, { name, config }, dependsOn)
          : deployRedis(scope, { name, config }, dependsOn);
      values.set(name, provided);
      deployed(resource);
    } else {
      deployed(
        deployWorkload(around, service, serviceImage(release, pushed, name, service.config), dependsOn),
      );
    }
  }
  const url = deployGateway(scope, graph, release, pushed, services, values.gatewayKeys);
  if (graph.observability) deployObservability(scope, graph);
  return { services, ...(url !== undefined && { url }) };
}

function deployNamespace(graph: ServiceGraph, context: TargetContext): Scope {
  const { root, environment } = context;
  const { name: stack, images } = graph;
  const { metadata } = new Namespace(namespaceName(graph), namespaceArgs(graph, context.owner), dataOptions);
  const place = { root, stack, environment, namespace: metadata.name, images };
  new NetworkPolicy('default-deny', defaultPolicyArgs(place));
  return { ...place, pullSecrets: deployPullSecrets(place, graph, context) };
}

/** Returns the pull secrets: those of the cluster by name, and the one with the stack file's credentials. */
function deployPullSecrets(
  place: Omit<Scope, 'pullSecrets'>,
  { imagePullSecrets }: ServiceGraph,
  context: TargetContext,
): Scope['pullSecrets'] {
  const named = imagePullSecrets.flatMap((pullSecret) =>
    typeof pullSecret === 'string' ? [{ name: pullSecret }] : [],
  );
  const credentials = credentialsOf(imagePullSecrets);
  if (credentials.length === 0) return named;
  const { metadata } = new Secret(
    pullSecretName,
    pullSecretArgs(place, credentials, (name) => context.secret(name)),
  );
  return [...named, { name: metadata.name }];
}

function deployGateway(
  scope: Scope,
  graph: ServiceGraph,
  release: Release,
  pushed: Record<string, Input<string>>,
  services: Record<string, DeployedService>,
  keys: Keys | undefined,
): Output<string> | undefined {
  if (graph.gateway === undefined) return undefined;
  const artifact = release[gatewayArtifact];
  if (artifact === undefined) throw new Error('the release has no gateway');
  const routed = new Set(graph.gateway.routes.map(({ to }) => to));
  const dependsOn = [
    new NetworkPolicy(gatewayArtifact, gatewayPolicyArgs(scope, graph)),
    ...[...routed].map((name) => services[name]!.resource),
  ];
  const { url } = deployKubernetesGateway(scope, graph, {
    artifact,
    image: pushed[gatewayArtifact] ?? artifact.image?.reference,
    signingKey: keys?.privateKey,
    dependsOn,
  });
  return output(url);
}

function addressOf(graph: ServiceGraph, { name, form, config }: GraphService): { address?: string } {
  const { port } = config;
  if (port === undefined) return {};
  const url = urlOf({ host: hostOf(graph, name), port });
  return { address: form === 'code' ? url : url.replace('http', kindOf(config).scheme) };
}
