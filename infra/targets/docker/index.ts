import { Container } from '@pulumi/docker/container.js';
import { Network } from '@pulumi/docker/network.js';
import { RemoteImage } from '@pulumi/docker/remoteImage.js';
import { Volume } from '@pulumi/docker/volume.js';
import type { Input, Resource } from '@pulumi/pulumi';
import { output } from '@pulumi/pulumi/output.js';
import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { deployImages } from '../shared/images.ts';
import { urlOf } from '../../servers/values.ts';
import type { DeployedService, Deployment, TargetContext } from '../shared/target.ts';
import { createValues } from '../shared/values.ts';
import { containerArgs } from './container.ts';
import { createContents } from './contents.ts';
import { labelList, labelsOf, ownerLabel } from './labels.ts';
import { networkArgs } from './network.ts';
import { planContainers } from './plan.ts';
import { prefixOf, type ContainerPlan } from './planned.ts';
import { FreePort, ProcessLimit, Readiness, RunOnce, runOnceArgs } from './resources.ts';

/** Services as containers of one Docker daemon, each on no network but those of its edges. */
export function deployContainers(graph: ServiceGraph, release: Release, context: TargetContext): Deployment {
  const { gateway } = graph;
  const publicUrl = gateway && urlOf({ host: '127.0.0.1', port: gateway.port });
  const values = createValues(graph, context, {
    hostOf: (name) => name,
    publicUrl,
    volumeOf: ({ config }) => config.volume?.path,
  });
  const plan = planContainers(graph, release, createContents(graph, context, values), context.dockerPool);
  const images = deployImages(release, graph, context.root);
  const { owner } = context;
  const ownedLabels = (service: string) =>
    labelList({ ...labelsOf(graph, service), ...(owner !== undefined && { [ownerLabel]: owner }) });
  // An older version made networks and volumes without an owner; a label cannot be added to them.
  const labelsStay = { ignoreChanges: ['labels'] };
  const networks = new Map(
    plan.networks.map((network) => [
      network.name,
      new Network(network.name, networkArgs(network, ownedLabels(network.service)), labelsStay),
    ]),
  );
  const volumes = new Map(
    plan.volumes.map(({ name, service }) => [
      name,
      new Volume(name, { name, labels: ownedLabels(service) }, { ...labelsStay, retainOnDelete: true }),
    ]),
  );
  const others = plan.containers.flatMap(({ artifact, image }) => (artifact === undefined ? [image] : []));
  const fetched = new Map(
    [...new Set(others)].map((name) => [name, new RemoteImage(name, { name, keepLocally: true })]),
  );
  /** By service: the resources that exist once its containers are ready. */
  const ready = new Map<string, Resource[]>();

  for (const containers of Map.groupBy(
    plan.containers,
    ({ service, role }) => `${service} ${role}`,
  ).values()) {
    const { service } = containers[0]!;
    const own = ready.get(service) ?? [];
    const made = containers.map((container) => {
      const image = container.artifact === undefined ? container.image : images[container.artifact]!;
      const others = container.dependsOn.flatMap((other) => ready.get(other) ?? []);
      // Docker's DNS returns the new balancer as soon as it runs, so it starts only when its replicas are ready.
      return deployContainer(container, image, [...others, ...own, ...needs(container)]);
    });
    ready.set(service, [...own, awaitReady(containers, made)]);
  }

  /** Returns the resources that must exist before Pulumi deletes the container that a new one replaces. */
  function needs({ name, service, role, image, artifact, volume, port }: ContainerPlan): Resource[] {
    const { root, environment } = context;
    const claim = { root, environment, name: service, labels: labelsOf(graph, service, role) };
    return [
      ...(artifact === undefined ? [fetched.get(image)!] : []),
      ...(volume === undefined ? [] : [volumes.get(volume.name)!]),
      ...(port === undefined ? [] : [new FreePort(name, { ...claim, port })]),
    ];
  }

  function awaitReady([first]: ContainerPlan[], made: (Container | RunOnce)[]): Resource {
    const { root, environment } = context;
    const containers = made.filter((resource) => resource instanceof Container);
    // `RunOnce` waits for its own container.
    if (containers.length === 0) return made[0]!;
    const { service, role, name: own, start } = first!;
    const name = role === 'replica' ? `${prefixOf(graph)}-${service}` : own;
    const ids = containers.map(({ id }) => id);
    return new Readiness(name, { root, environment, name: service, containers: ids, ...start }, containers);
  }

  function deployContainer(
    container: ContainerPlan,
    image: Input<string>,
    dependsOn: Resource[],
  ): Container | RunOnce {
    const networkOf = (name: string) => networks.get(name)!.name;
    const { name, service, role } = container;
    const labels = labelsOf(graph, service, role);
    if (role === 'preDeploy') {
      const args = runOnceArgs(container, { ...context, image, networkOf, labels });
      return new RunOnce(name, args, { dependsOn });
    }
    const resource = new Container(name, containerArgs(container, image, networkOf, labels), {
      dependsOn,
      // One data server at a time may have its volume, one gateway its port.
      deleteBeforeReplace: role === 'server' || role === 'gateway',
    });
    const { root, environment } = context;
    const { pids } = container.limits;
    new ProcessLimit(name, { root, environment, name: service, container: resource.id, pids });
    return resource;
  }

  const services = graph.services.flatMap((service): [string, DeployedService][] => {
    const resource = ready.get(service.name)?.at(-1);
    return resource === undefined ? [] : [[service.name, { resource, provided: values.usedOf(service) }]];
  });
  return {
    services: Object.fromEntries(services),
    ...(publicUrl !== undefined && { url: output(publicUrl) }),
  };
}
