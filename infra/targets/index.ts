import { unsupportedByDocker } from './docker/unsupported.ts';
import { unsupportedByKubernetes } from './kubernetes/unsupported.ts';
import { unsupportedByProcess } from './process/unsupported.ts';
import type { Target, TargetName } from './shared/target.ts';

const targets: Record<TargetName, Target> = {
  process: {
    name: 'process',
    newIdentity: 'renames',
    publicScheme: () => 'http',
    unsupported: unsupportedByProcess,
    preflight: async (...given) => (await import('./process/preflight.ts')).preflightProcess(...given),
    data: async (place) => (await import('./process/data.ts')).processData(place),
    load: async () => (await import('./process/index.ts')).deployProcesses,
  },
  docker: {
    name: 'docker',
    newIdentity: 'leaves',
    publicScheme: () => 'http',
    unsupported: unsupportedByDocker,
    containers: ['gateway', 'balancer'],
    preflight: async (...given) => (await import('./docker/preflight.ts')).preflightDocker(...given),
    owners: async (graph) => (await import('./docker/owners.ts')).dockerOwners(graph),
    data: async (place) => (await import('./docker/data.ts')).dockerData(place),
    load: async () => (await import('./docker/index.ts')).deployContainers,
  },
  kubernetes: {
    name: 'kubernetes',
    newIdentity: 'refused',
    publicScheme: ({ gateway }) => (gateway?.domain === undefined ? 'http' : 'https'),
    unsupported: unsupportedByKubernetes,
    containers: ['gateway'],
    preflight: async (...given) => (await import('./kubernetes/preflight.ts')).preflightKubernetes(...given),
    owners: async (...given) => (await import('./kubernetes/owners.ts')).kubernetesOwners(...given),
    data: async (place) => (await import('./kubernetes/data.ts')).kubernetesData(place),
    load: async () => (await import('./kubernetes/index.ts')).deployCluster,
  },
};

export function chooseTarget(name: TargetName): Target {
  return targets[name];
}
