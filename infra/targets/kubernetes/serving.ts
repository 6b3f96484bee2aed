import type { Input } from '@pulumi/pulumi';
import { execForm } from '../../artifacts/commands.ts';
import type { CodeService } from '../../stack/schema.ts';
import { readyTimeout } from '../rollout-times.ts';
import { environmentArgs, type Environment } from './environment.ts';
import type { input } from './inputs.ts';
import { literal } from './literal.ts';
import { podTemplate } from './pod.ts';
import { probesOf } from './probes.ts';
import type { Scope } from './scope.ts';

/** What runs of a service. */
export interface Program {
  image: Input<string>;
  environment: Environment;
  /** Where the secret variables are, and what changes with them; undefined without any. */
  secret?: { name: Input<string>; revision: Input<string> } | undefined;
}

/** Seconds that a pod goes on serving after it has begun to end, until all of the cluster knows that it does. */
const preStop = 10;

/** Seconds after `drain` within which a service may still end itself and say why. */
const margin = 5;

/** Seconds that a new pod must stay ready before it counts, where the service does not say. */
const defaultMinReady = 5;

/** The pod template of a service that runs all the time. */
export function servingPod(
  scope: Scope,
  service: string,
  config: CodeService,
  { image, environment, secret }: Program,
): input.core.v1.PodTemplateSpec {
  const isReached = config.port !== undefined;
  return podTemplate(scope, service, config, {
    component: 'service',
    image,
    ...startOf(config),
    environment: environmentArgs(config, image, environment, secret?.name),
    revision: secret?.revision,
    serving: {
      ...probesOf(config),
      ...(isReached && { lifecycle: { preStop: { sleep: { seconds: preStop } } } }),
    },
    grace: (isReached ? preStop : 0) + config.drain + margin,
  });
}

/** The command of an image that is not to be its own; images of source services have theirs built in. */
export function startOf(config: CodeService): { command?: string[] } {
  return config.kind === 'image' && config.start !== undefined
    ? { command: execForm(config.start).map(literal) }
    : {};
}

export function minReadySeconds({ minReady }: Pick<CodeService, 'minReady'>): number {
  return minReady ?? defaultMinReady;
}

/** Seconds that Pulumi waits for a rollout: a quarter of the pods at a time, each within its own time, and some more. */
export function rolloutTimeout(config: CodeService): number {
  const steps = Math.min(config.replicas.max, 4);
  return steps * (readyTimeout(config) + minReadySeconds(config)) + 60;
}
