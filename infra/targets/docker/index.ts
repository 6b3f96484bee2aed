import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { outputOf } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import { planImages } from '../shared/images.ts';
import type { Plan, PlannedService, TargetContext } from '../shared/target.ts';
import { createValues } from '../shared/values.ts';
import { dockerUrl } from './address.ts';
import { planCanary, planCanaryBegin } from './canary.ts';
import { containerArgs, notUpdated } from './container.ts';
import { createContents } from './contents.ts';
import { labelList, labelsOf, ownerLabel } from './labels.ts';
import { planLocalImages } from './local-images.ts';
import { networkArgs } from './network.ts';
import { planContainers } from './plan.ts';
import { planFiles } from './plan-files.ts';
import { endsByItself, prefixOf, type ContainerPlan } from './planned.ts';
import { runOnceArgs, types } from './resources.ts';

/** Plans services as containers of one Docker daemon, each on no network but those of its edges. */
export function planDocker(graph: ServiceGraph, release: Release, context: TargetContext): Plan {
  const { resources } = context;
  const publicUrl = dockerUrl(graph);
  const values = createValues(graph, context, {
    hostOf: (name) => name,
    publicUrl: (name) => dockerUrl(graph, context.root, name),
    volumeOf: ({ config }) => config.volume?.path,
    pathOf: ({ path }) => path,
    bindPathOf: ({ path }) => path,
  });
  const plan = planContainers(graph, release, createContents(graph, context, values), context.dockerPool);
  const images = planImages(release, graph, context);
  const present = planLocalImages(release, graph, images, context);
  const { owner } = context;
  const ownedLabels = (service: string) =>
    labelList({ ...labelsOf(graph, service), ...(owner !== undefined && { [ownerLabel]: owner }) });
  // An older version made networks and volumes without an owner; a label cannot be added to them.
  const labelsStay = { ignoreChanges: ['labels'] };
  const networks = new Map(
    plan.networks.map((network) => [
      network.name,
      resources.add(
        network.service,
        types.network,
        network.name,
        networkArgs(network, ownedLabels(network.service)),
        labelsStay,
      ),
    ]),
  );
  const volumes = new Map(
    plan.volumes.map(({ name, service }) => [
      name,
      resources.add(
        service,
        types.volume,
        name,
        { name, labels: ownedLabels(service ?? 'shared') },
        { ...labelsStay, retainOnDelete: true },
      ),
    ]),
  );
  const folders = planFiles(plan.containers, context);
  const others = plan.containers.flatMap(({ artifact, image }) => (artifact === undefined ? [image] : []));
  const fetched = new Map(
    [...new Set(others)].map((name) => [
      name,
      resources.add(undefined, types.image, name, { name, keepLocally: true }),
    ]),
  );
  /** By service: the resources that exist once its containers are ready. */
  const ready = new Map<string, PlannedResource[]>();

  for (const containers of Map.groupBy(
    plan.containers,
    ({ service, role }) => `${service} ${role}`,
  ).values()) {
    const [first] = containers as [ContainerPlan];
    const { service } = first;
    const own = ready.get(service) ?? [];
    const prepared = containers.map(prepare);
    const begin = planCanaryBegin(graph, context, first, prepared);
    const made = containers.map((container, index) => {
      const others = container.dependsOn.flatMap((other) => ready.get(other) ?? []);
      // Docker's DNS returns the new balancer as soon as it runs, so it starts only when its replicas are ready.
      return add(container, prepared[index]!, [...others, ...own, ...needs(container), ...begin]);
    });
    const isReady = awaitReady(first, made);
    ready.set(service, [...own, isReady, ...planCanary(graph, context, first, made, isReady)]);
  }

  /** Returns the resources that must exist before Pulumi deletes the container that a new one replaces. */
  function needs({
    name,
    service,
    role,
    image,
    artifact,
    volumes: mounted = [],
    published = [],
  }: ContainerPlan): PlannedResource[] {
    const { root, environment } = context;
    const claim = { root, environment, name: service, labels: labelsOf(graph, service, role) };
    return [
      ...(artifact === undefined
        ? [fetched.get(image)!]
        : [present.get(artifact)].flatMap((found) => found ?? [])),
      ...mounted.flatMap(({ name }) => volumes.get(name) ?? []),
      ...published.map(({ published: port }, index) => {
        const claimName = index === 0 ? name : `${name}-${index + 1}`;
        return resources.add(service, types.freePort, claimName, { ...claim, port });
      }),
    ];
  }

  function awaitReady(first: ContainerPlan, made: PlannedResource[]): PlannedResource {
    const { root, environment } = context;
    const { service, role, name: own, start } = first;
    // `RunOnce` waits for its own container.
    if (endsByItself(role)) return made[0]!;
    const name = role === 'replica' ? `${prefixOf(graph)}-${service}` : own;
    const containers = made.map((container) => outputOf(container, 'id'));
    const args = { root, environment, name: service, containers, ...start };
    // The old resource is deleted first, so that after a failure none is left and the next update waits again.
    const options = { dependsOn: made, deleteBeforeReplace: true };
    return resources.add(service, types.readiness, name, args, options);
  }

  /** Makes the resource of a container, which `add` adds to the plan. */
  function prepare(container: ContainerPlan): PlannedResource {
    const { name, service, role, artifact } = container;
    const image = artifact === undefined ? container.image : images[artifact]!;
    const networkOf = (network: string) => outputOf(networks.get(network)!, 'name');
    const labels = labelsOf(graph, service, role);
    const folder = container.files && folders.get(service);
    if (endsByItself(role)) {
      const args = runOnceArgs(container, { ...context, image, networkOf, labels, folder });
      return resources.prepare(service, types.runOnce, name, args);
    }
    return resources.prepare(
      service,
      types.container,
      name,
      containerArgs(container, image, networkOf, labels, folder),
    );
  }

  function add(
    { name, service, role, published, limits: { pids } }: ContainerPlan,
    resource: PlannedResource,
    dependsOn: PlannedResource[],
  ): PlannedResource {
    if (endsByItself(role)) return resources.addPrepared(resource, { dependsOn });
    // One data server at a time may have its volume, one container a published port.
    const deleteBeforeReplace = role === 'server' || published !== undefined;
    const replaceOnChanges = [...notUpdated];
    const added = resources.addPrepared(resource, { dependsOn, deleteBeforeReplace, replaceOnChanges });
    const { root, environment } = context;
    const limit = { root, environment, name: service, container: outputOf(added, 'id'), pids };
    resources.add(service, types.processLimit, name, limit);
    return added;
  }

  const services = graph.services.flatMap((service): [string, PlannedService][] => {
    const resource = ready.get(service.name)?.at(-1);
    return resource === undefined ? [] : [[service.name, { resource }]];
  });
  return {
    services: Object.fromEntries(services),
    values: values.all(),
    ...(publicUrl !== undefined && { url: publicUrl }),
  };
}
