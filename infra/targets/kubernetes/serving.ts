import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import { execForm } from '../../artifacts/commands.ts';
import { hasBuiltImage, type CodeService } from '../../stack/schema.ts';
import { readyTimeout } from '../shared/rollout-times.ts';
import { meterContainer } from './canary/meter.ts';
import { triedOut } from './canary/tried-out.ts';
import { environmentArgs, type Environment } from './environment.ts';
import type { PodFiles } from './files.ts';
import type { input } from './inputs.ts';
import { literal } from './literal.ts';
import { podTemplate } from './pod.ts';
import { probesOf } from './probes.ts';
import type { Scope } from './scope.ts';

/** The image and the environment of a service. */
export interface Program {
  image: Text;
  environment: Environment;
  /** The image of the meter, if new versions are tried out. */
  meter?: Text | undefined;
  /** The Secret with the secret variables, and a revision that changes with them; undefined without secret variables. */
  secret?: { name: Text; revision: Text } | undefined;
  /** Undefined without mounted files. */
  files?: PodFiles | undefined;
}

/** Seconds that a terminating pod continues to serve, until the whole cluster has removed it from its Service. */
const preStop = 10;

/** Seconds after `drain` in which a service can still end itself and log the reason. */
const margin = 5;

/** Seconds that a new pod must stay ready, if the service declares no `minReady`. */
const defaultMinReady = 5;

/** Returns the pod template of a service that runs all the time. */
export function servingPod(
  scope: Scope,
  service: string,
  config: CodeService,
  { image, environment, secret, files, meter }: Program,
): WithHoles<input.core.v1.PodTemplateSpec> {
  const isReached = config.port !== undefined;
  const tried = triedOut(config);
  return podTemplate(scope, service, config, {
    component: 'service',
    image,
    ...startOf(config),
    environment: environmentArgs(config, image, environment, secret?.name),
    revision: secret?.revision,
    ...(files !== undefined && { files }),
    serving: {
      ...probesOf(config),
      ...(isReached && { lifecycle: { preStop: { sleep: { seconds: preStop } } } }),
    },
    ...(tried &&
      meter !== undefined && {
        portName: 'service',
        sidecars: [meterContainer(service, meter, tried, preStop)],
      }),
    grace: (isReached ? preStop : 0) + config.drain + margin,
  });
}

/** Returns the command that replaces that of an image. An image that Railhead builds contains its command. */
export function startOf(config: CodeService): { command?: string[]; args?: string[] } {
  if (hasBuiltImage(config)) return {};
  const { start, entrypoint, command } = config;
  if (start !== undefined) return { command: execForm(start).map(literal) };
  return {
    ...(entrypoint !== undefined && { command: entrypoint.map(literal) }),
    ...(command !== undefined && { args: command.map(literal) }),
  };
}

export function minReadySeconds({ minReady }: Pick<CodeService, 'minReady'>): number {
  return minReady ?? defaultMinReady;
}

/** Seconds without any progress after which a rollout has failed. */
export function progressDeadline(config: CodeService): number {
  return readyTimeout(config) + minReadySeconds(config) + 30;
}
