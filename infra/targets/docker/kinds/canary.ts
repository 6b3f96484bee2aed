import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { CanaryRun } from '../../../canary/run.ts';
import { dockerCommand } from '../../../common/commands.ts';
import { rolloutError } from '../../../common/failure-messages.ts';
import type { Kind, Step } from '../../../provider/kind.ts';
import { running } from '../../../stack/running.ts';
import { readBalancerEnvironment } from '../balancer/environment.ts';
import { canaryPlace } from './canary-place.ts';
import { inspectContainers, type Inspected } from './inspected.ts';
import { dnsName, holdOthersBack, orderBalancer, runningWith, stopContainers } from './orders.ts';

/** Milliseconds between two looks at the figures. */
const pause = 250;
/** Milliseconds for which the replicas of a canary that has failed can end their requests. */
const drain = 1000;

const inputs = canaryPlace.extend({
  /** Ids of the containers of the new version. They are ready. */
  containers: z.array(z.string().min(1)).min(1),
  canary: running.canary,
});

export type CanaryInputs = z.infer<typeof inputs>;

/** Takes new replicas through the steps of a canary. A failed one leaves no resource, so the next update begins it again. */
export const canary: Kind<CanaryInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['containers'],
  ignored: ['root', 'canary', 'balancer', 'replicas'],
  create: tryOut,
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};

async function tryOut(values: CanaryInputs, step: Step): Promise<Record<string, string>> {
  const { containers } = values;
  const names = containers.map(dnsName);
  const [first] = await inspectContainers(containers.slice(0, 1));
  const balancers = await inspectContainers(await runningWith(values.balancer));
  // With another port or other check paths, the new balancer starts after this step, and the old one cannot try them out.
  const balancer = balancers.find((balancer) => first && finds(balancer, first))?.Id;
  const others = (await runningWith(values.replicas)).filter((id) => !containers.includes(id));
  if (balancer === undefined || (await orderBalancer(balancer)) === undefined) return {};
  const [other] = await inspectContainers(others.slice(0, 1));
  const hasOtherProgram = first && other && !isDeepStrictEqual(programOf(first), programOf(other));
  // The first order is the weight 0: a canary that an earlier update has left goes back before this one begins.
  await orderBalancer(balancer, { kind: 'divide', canary: names, weight: 0, steps: values.canary.steps });
  if (hasOtherProgram) await direct(values, balancer, names, step);
  await orderBalancer(balancer, { kind: 'finish' });
  return {};
}

async function direct(
  { name, containers, canary, replicas }: CanaryInputs,
  balancer: string,
  names: string[],
  { progress, signal }: Step,
): Promise<void> {
  const run = new CanaryRun(canary);
  const divide = (weight: number) =>
    orderBalancer(balancer, { kind: 'divide', canary: names, weight, steps: canary.steps });
  for (;;) {
    if (signal.aborted) await divide(0);
    signal.throwIfAborted();
    const { split } = (await orderBalancer(balancer, { kind: 'direct' })) ?? {};
    const now = Date.now();
    const { weight, end } = split ? run.next(split, now) : { weight: 0 };
    if (end?.passed) return progress(`canary: ${run.summary()}`);
    if (end) {
      // The hold stays: the next update of the same version starts these containers before its canary begins.
      await holdOthersBack(balancer, replicas);
      await sleep(drain);
      await stopContainers(containers);
      const next = dockerCommand('logs', dnsName(containers[0]!));
      throw rolloutError(name, { reason: end.reason, log: [], stillServes: true, next });
    }
    if (weight !== split?.weight) await divide(weight);
    if (split) progress(run.progress(split, now));
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/** Returns whether a balancer finds a replica: by the name of all its replicas, which is one of those of the replica. */
function finds({ Config }: Inspected, { NetworkSettings }: Inspected): boolean {
  const { replicas } = readBalancerEnvironment(variablesOf(Config.Env ?? []));
  return Object.values(NetworkSettings.Networks ?? {}).some(({ Aliases }) => Aliases?.includes(replicas));
}

function variablesOf(lines: string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0]!, line.slice(line.indexOf('=') + 1)]));
}

/** What a container runs, and with which variables. */
function programOf({ Config: { Image, Entrypoint, Cmd, Env } }: Inspected) {
  const variables = (Env ?? []).filter((line) => !line.startsWith('RAILWAY_REPLICA_ID='));
  return { Image, Entrypoint, Cmd, variables: variables.toSorted() };
}
