import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { planNetworks } from './networks.ts';
import { sharedVolume } from '../../stack/volumes.ts';
import { planCode } from './plan-code.ts';
import { planData } from './plan-data.ts';
import { planGateway } from './plan-gateway.ts';
import { volumeName, type Contents, type DockerPlan, type VolumePlan } from './planned.ts';

/** Plans the Docker objects of a stack, both for Pulumi's resources and for a Compose file. Pure except for `contents`. */
export function planContainers(
  graph: ServiceGraph,
  release: Release,
  contents: Contents,
  pool?: string,
): DockerPlan {
  const networks = planNetworks(graph, pool);
  const scope = { graph, release, contents, networks };
  const containers = graph.services.flatMap((service) => {
    switch (service.form) {
      case 'code':
        return planCode(scope, service);
      case 'data':
        return planData(scope, service);
      case 'external':
        return [];
    }
  });
  if (graph.gateway?.provider === 'workerd') containers.push(planGateway(scope, graph.gateway));
  const mounted = containers.flatMap(({ volumes = [], service }) =>
    volumes.flatMap(({ name, isShared = false }) => (isShared ? [] : [{ name, service }])),
  );
  const shared = Object.keys(graph.volumes).map((name) => ({ name: volumeName(graph, sharedVolume(name)) }));
  const volumes: VolumePlan[] = [...mounted, ...shared];
  return {
    networks: networks.all,
    volumes: [...new Map(volumes.map((volume) => [volume.name, volume])).values()],
    containers,
  };
}
