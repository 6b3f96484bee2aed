import type { ContainerArgs } from '@pulumi/docker/container.js';
import type { NetworkArgs } from '@pulumi/docker/network.js';
import type { RemoteImageArgs } from '@pulumi/docker/remoteImage.js';
import type { VolumeArgs } from '@pulumi/docker/volume.js';
import type { Text } from '../../plan/hole.ts';
import type { ResourceType, WithHoles } from '../../plan/resource.ts';
import type { CanaryBeginInputs } from './kinds/canary-begin.ts';
import type { CanaryInputs } from './kinds/canary.ts';
import type { FilesInputs } from './kinds/files.ts';
import type { FreePortInputs } from './kinds/free-port.ts';
import type { ProcessLimitInputs } from './kinds/process-limit.ts';
import type { LocalImageInputs } from './kinds/local-image.ts';
import type { ReadinessInputs, RunOnceInputs } from './kinds/inputs.ts';
import { fileMounts } from './container.ts';
import type { ContainerPlan } from './planned.ts';

/** The kinds of objects of a daemon. */
export const objects = {
  container: { token: 'docker:index/container:Container' } as ResourceType<ContainerArgs>,
  network: { token: 'docker:index/network:Network' } as ResourceType<NetworkArgs>,
  image: { token: 'docker:index/remoteImage:RemoteImage' } as ResourceType<RemoteImageArgs>,
  volume: { token: 'docker:index/volume:Volume' } as ResourceType<VolumeArgs>,
};

/** The types of the target's resources: the objects, then those of Railhead's provider. */
export const types = {
  ...objects,
  /** A container that runs once for each image and command (`kinds/run-once.ts`). */
  runOnce: { token: 'railhead:docker:RunOnce' } as ResourceType<RunOnceInputs>,
  /** The process limit of a container, which Pulumi's Docker provider cannot set. */
  processLimit: { token: 'railhead:docker:ProcessLimit' } as ResourceType<ProcessLimitInputs>,
  /** The files that containers mount (`kinds/files.ts`). */
  files: { token: 'railhead:docker:Files' } as ResourceType<FilesInputs>,
  /** A check that a port is free, which Docker makes too late (`kinds/free-port.ts`). */
  freePort: { token: 'railhead:docker:FreePort' } as ResourceType<FreePortInputs>,
  /** The presence of a built image on the daemon (`kinds/local-image.ts`). */
  localImage: { token: 'railhead:docker:LocalImage' } as ResourceType<LocalImageInputs>,
  /** Waits until the containers of a service are healthy; the error of the official provider names no cause. */
  readiness: { token: 'railhead:docker:Readiness' } as ResourceType<ReadinessInputs>,
  /** Holds back the replicas that a change starts (`kinds/canary-begin.ts`). */
  canaryBegin: { token: 'railhead:docker:CanaryBegin' } as ResourceType<CanaryBeginInputs>,
  /** Gives new replicas a growing share of the requests (`kinds/canary.ts`). */
  canary: { token: 'railhead:docker:Canary' } as ResourceType<CanaryInputs>,
};

interface Around {
  root: string;
  environment: string;
  image: Text;
  networkOf: (name: string) => Text;
  labels: Record<string, string>;
  /** The folder with the files of the service. */
  folder?: Text | undefined;
}

export function runOnceArgs(
  plan: ContainerPlan,
  { root, environment, image, networkOf, labels, folder }: Around,
): WithHoles<RunOnceInputs> {
  const {
    name,
    service,
    entrypoint = [],
    command = [],
    environment: variables,
    networks,
    tmpfs,
    limits,
  } = plan;
  const { user, readOnly, capabilities, ulimits, shmSize, gpus, binds } = plan;
  return {
    root,
    environment,
    name: service,
    container: name,
    image,
    entrypoint,
    command,
    variables,
    ...(plan.role === 'once' && { isService: true }),
    ...(user !== undefined && { user }),
    ...(readOnly !== undefined && { readOnly }),
    ...(capabilities !== undefined && { capabilities }),
    ...(ulimits !== undefined && { ulimits }),
    ...(shmSize !== undefined && { shmSize }),
    ...(gpus !== undefined && { gpus }),
    networks: networks.map((network) => networkOf(network.name)),
    tmpfs,
    ...(folder !== undefined && {
      files: fileMounts(plan.files, folder).map(({ source, target }) => ({ source, target })),
    }),
    ...(binds !== undefined && { binds }),
    labels,
    ...limits,
  };
}
