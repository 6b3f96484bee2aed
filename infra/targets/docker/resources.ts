import type { Input } from '@pulumi/pulumi';
import { CustomResource, type CustomResourceOptions } from '@pulumi/pulumi/resource.js';
import type { ContainerPlan } from './plan.ts';
import type { FreePortInputs } from './plugin/free-port.ts';
import type { ProcessLimitInputs } from './plugin/process-limit.ts';
import type { RunOnceInputs } from './plugin/run-once.ts';

interface RunOnceArgs extends Omit<RunOnceInputs, 'image' | 'variables' | 'networks'> {
  image: Input<string>;
  variables: Record<string, Input<string>>;
  networks: Input<string>[];
}

/** A planned container that runs to its end, once for each image and command. */
export class RunOnce extends CustomResource {
  constructor(name: string, args: RunOnceArgs, options?: CustomResourceOptions) {
    super('railhead:docker:RunOnce', name, args, options);
  }
}

/** What Docker's own provider cannot set: how many processes a container may have. */
export class ProcessLimit extends CustomResource {
  constructor(
    name: string,
    args: Omit<ProcessLimitInputs, 'container'> & { container: Input<string> },
    options?: CustomResourceOptions,
  ) {
    super('railhead:docker:ProcessLimit', name, args, options);
  }
}

/** What Docker finds out too late: whether a container can be published on its port. */
export class FreePort extends CustomResource {
  constructor(name: string, args: FreePortInputs) {
    super('railhead:docker:FreePort', name, args);
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
