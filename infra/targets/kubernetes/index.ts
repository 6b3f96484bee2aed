import { kindOf } from '../../data/index.ts';
import { outputOf, type Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import { balancerArtifact, gatewayArtifact } from '../../artifacts/programs.ts';
import type { Release } from '../../artifacts/types.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { planPassword } from '../shared/generated.ts';
import { planImages } from '../shared/images.ts';
import type { Keys } from '../shared/keys.ts';
import { urlOf } from '../shared/service-values.ts';
import type { Plan, PlannedService, TargetContext } from '../shared/target.ts';
import { mountsOf, sharedVolume } from '../../stack/volumes.ts';
import { createValues } from '../shared/values.ts';
import { planData } from './data/index.ts';
import { planGateway } from './gateway/index.ts';
import { gatewayUrl } from './gateway/url.ts';
import { serviceImage } from './images.ts';
import { namespaceArgs } from './namespace.ts';
import { defaultPolicyArgs, gatewayPolicyArgs, servicePolicyArgs } from './network.ts';
import { planObservability } from './observability/index.ts';
import { oneNodeVolumes } from './one-node.ts';
import { credentialsOf, pullSecretArgs, pullSecretName } from './pull-secrets.ts';
import { dataOptions, hostOf, namespaceName, type PlanScope } from './scope.ts';
import { types } from './types.ts';
import { volumeArgs } from './volume.ts';
import { planWorkload } from './workload.ts';

/** Plans the namespace of an environment and its services. Network policies allow only the edges of the graph. */
export function planKubernetes(graph: ServiceGraph, release: Release, context: TargetContext): Plan {
  const { resources } = context;
  const scope = planNamespace(graph, context);
  const values = createValues(graph, context, {
    hostOf: (name) => hostOf(graph, name),
    publicUrl: (name) => gatewayUrl(graph, context.root, name),
    volumeOf: ({ config }) => config.volume?.path,
    pathOf: ({ path }) => path,
    bindPathOf: ({ path }) => path,
  });
  const revisionKey = planPassword(context, undefined, 'revisions');
  const services: Record<string, PlannedService> = {};
  // Without a registry, the user loads the images into the nodes; `railhead images` builds them.
  const pushed = graph.images.registry === undefined ? {} : planImages(release, graph, context);
  const meter = pushed[balancerArtifact] ?? release[balancerArtifact]?.image?.reference;
  const shared = { scope, graph, lookup: values.lookup, revisionKey, meter };
  const claims = planSharedClaims(scope, graph);

  for (const service of graph.services) {
    const { name } = service;
    if (service.form === 'external') continue;
    const policy = resources.add(name, types.networkPolicy, name, servicePolicyArgs(scope, graph, service));
    const dependsOn = [policy, ...service.waitsFor.flatMap((other) => services[other]?.resource ?? [])];
    const planned = (resource: PlannedResource) => {
      services[name] = { resource, ...addressOf(graph, service) };
    };
    if (service.form === 'data') {
      const { resource, provided } = planData(scope, service, dependsOn);
      values.set(name, provided);
      planned(resource);
    } else {
      const image = serviceImage(release, pushed, name, service.config);
      const mounted = mountsOf(name, service.config).flatMap(({ id }) => claims.get(id) ?? []);
      planned(planWorkload(shared, service, image, [...dependsOn, ...mounted]));
    }
  }
  const url = planEntrance(scope, graph, release, pushed, services, values.gatewayKeys);
  if (graph.observability) planObservability(scope, graph);
  return { services, values: values.all(), ...(url !== undefined && { url }) };
}

/** Plans the claims of the volumes that services share, by their `id`. */
function planSharedClaims(scope: PlanScope, { volumes }: ServiceGraph): Map<string, PlannedResource> {
  return new Map(
    Object.entries(volumes).map(([name, { size, access, storageClass }]) => {
      const id = sharedVolume(name);
      const args = volumeArgs(scope, 'shared', { kubernetes: { storageClass } }, size.text, {
        name: id,
        mode: access,
      });
      return [id, scope.resources.add(undefined, types.claim, id, args, dataOptions)];
    }),
  );
}

function planNamespace(graph: ServiceGraph, context: TargetContext): PlanScope {
  const { root, environment, resources } = context;
  const { name: stack, images, kubernetes } = graph;
  const args = namespaceArgs(graph, context.owner);
  const made = resources.add(undefined, types.namespace, namespaceName(graph), args, dataOptions);
  const namespace = outputOf(made, 'metadata.name');
  const storageClass = kubernetes?.storageClass;
  const volumes = { storageClass, oneNodeVolumes: oneNodeVolumes(graph) };
  const place = { resources, root, stack, environment, namespace, images, ...volumes };
  resources.add(undefined, types.networkPolicy, 'default-deny', defaultPolicyArgs(place));
  return { ...place, pullSecrets: planPullSecrets(place, graph) };
}

/** Returns the pull secrets: those of the cluster by name, and the one with the stack file's credentials. */
function planPullSecrets(
  place: Omit<PlanScope, 'pullSecrets'>,
  { imagePullSecrets }: ServiceGraph,
): PlanScope['pullSecrets'] {
  const named = imagePullSecrets.flatMap((pullSecret) =>
    typeof pullSecret === 'string' ? [{ name: pullSecret }] : [],
  );
  const credentials = credentialsOf(imagePullSecrets);
  if (credentials.length === 0) return named;
  const args = pullSecretArgs(place, credentials);
  const made = place.resources.add(undefined, types.secret, pullSecretName, args);
  return [...named, { name: outputOf(made, 'metadata.name') }];
}

function planEntrance(
  scope: PlanScope,
  graph: ServiceGraph,
  release: Release,
  pushed: Record<string, Text>,
  services: Record<string, PlannedService>,
  keys: Keys | undefined,
): Text | undefined {
  if (graph.gateway === undefined) return undefined;
  const artifact = release[gatewayArtifact];
  if (artifact === undefined) throw new Error('the release has no gateway');
  const routed = new Set(graph.gateway.routes.map(({ to }) => to));
  const dependsOn = [
    scope.resources.add(
      gatewayArtifact,
      types.networkPolicy,
      gatewayArtifact,
      gatewayPolicyArgs(scope, graph),
    ),
    ...[...routed].map((name) => services[name]!.resource),
  ];
  return planGateway(scope, graph, {
    artifact,
    image: pushed[gatewayArtifact] ?? artifact.image?.reference,
    signingKey: keys?.privateKey,
    dependsOn,
  });
}

function addressOf(graph: ServiceGraph, { name, form, config }: GraphService): { address?: string } {
  const { port } = config;
  if (port === undefined) return {};
  const url = urlOf({ host: hostOf(graph, name), port });
  return { address: form === 'code' ? url : url.replace('http', kindOf(config).scheme) };
}
