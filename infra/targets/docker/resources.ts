import type { Input } from '@pulumi/pulumi';
import { CustomResource, type CustomResourceOptions, type Resource } from '@pulumi/pulumi/resource.js';
import type { ContainerPlan } from './planned.ts';
import type { FreePortInputs } from './kinds/free-port.ts';
import type { ProcessLimitInputs } from './kinds/process-limit.ts';
import type { ReadinessInputs } from './kinds/readiness.ts';
import type { RunOnceInputs } from './kinds/run-once.ts';

interface RunOnceArgs extends Omit<RunOnceInputs, 'image' | 'variables' | 'networks'> {
  image: Input<string>;
  variables: Record<string, Input<string>>;
  networks: Input<string>[];
}

/** A container that runs once for each image and command (`plugin/run-once.ts`). */
export class RunOnce extends CustomResource {
  constructor(name: string, args: RunOnceArgs, options?: CustomResourceOptions) {
    super('railhead:docker:RunOnce', name, args, options);
  }
}

/** The process limit of a container, which Pulumi's Docker provider cannot set. */
export class ProcessLimit extends CustomResource {
  constructor(
    name: string,
    args: Omit<ProcessLimitInputs, 'container'> & { container: Input<string> },
    options?: CustomResourceOptions,
  ) {
    super('railhead:docker:ProcessLimit', name, args, options);
  }
}

/** A check that a port is free, which Docker makes too late (`plugin/free-port.ts`). */
export class FreePort extends CustomResource {
  constructor(name: string, args: FreePortInputs) {
    super('railhead:docker:FreePort', name, args);
  }
}

/** Waits until the containers of a service are healthy; the error of the official provider names no cause. */
export class Readiness extends CustomResource {
  constructor(
    name: string,
    args: Omit<ReadinessInputs, 'containers'> & { containers: Input<string>[] },
    dependsOn: Resource[],
  ) {
    // The old resource is deleted first, so that after a failure none is left and the next update waits again.
    super('railhead:docker:Readiness', name, args, { dependsOn, deleteBeforeReplace: true });
  }
}

interface Deployed {
  root: string;
  environment: string;
  image: Input<string>;
  networkOf: (name: string) => Input<string>;
  labels: Record<string, string>;
}

export function runOnceArgs(
  {
    name,
    service,
    entrypoint = [],
    command = [],
    environment: variables,
    user,
    networks,
    tmpfs,
    limits,
  }: ContainerPlan,
  { root, environment, image, networkOf, labels }: Deployed,
): RunOnceArgs {
  return {
    root,
    environment,
    name: service,
    container: name,
    image,
    entrypoint,
    command,
    variables,
    user,
    networks: networks.map((network) => networkOf(network.name)),
    tmpfs,
    labels,
    ...limits,
  };
}
