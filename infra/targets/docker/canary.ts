import { hashText, outputOf } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { TargetContext } from '../shared/target.ts';
import { labelsOf } from './labels.ts';
import { prefixOf, type ContainerPlan } from './planned.ts';
import { types } from './resources.ts';

/** Plans what precedes a change of replicas that a canary takes over from; nothing without a canary. */
export function planCanaryBegin(
  graph: ServiceGraph,
  context: TargetContext,
  { service, canary }: ContainerPlan,
  replicas: PlannedResource[],
): PlannedResource[] {
  if (canary === undefined) return [];
  const args = {
    ...sharedArgs(graph, context, service),
    revision: hashText(replicas.map(({ args }) => args)),
  };
  return [context.resources.add(service, types.canaryBegin, nameOf(graph, service), args)];
}

/** Plans the canary of replicas that are ready; nothing without one. */
export function planCanary(
  graph: ServiceGraph,
  context: TargetContext,
  { service, canary }: ContainerPlan,
  replicas: PlannedResource[],
  ready: PlannedResource,
): PlannedResource[] {
  if (canary === undefined) return [];
  const args = {
    ...sharedArgs(graph, context, service),
    containers: replicas.map((container) => outputOf(container, 'id')),
    canary,
  };
  // The old resource is deleted first, so that after a failure none is left and the next update begins the canary again.
  const options = { dependsOn: [ready], deleteBeforeReplace: true };
  return [context.resources.add(service, types.canary, nameOf(graph, service), args, options)];
}

/** Returns the arguments that both kinds have: whose canary it is, and by which labels they find its containers. */
function sharedArgs(graph: ServiceGraph, { root, environment }: TargetContext, service: string) {
  return {
    root,
    environment,
    name: service,
    balancer: labelsOf(graph, service, 'balancer'),
    replicas: labelsOf(graph, service, 'replica'),
  };
}

const nameOf = (graph: ServiceGraph, service: string) => `${prefixOf(graph)}-${service}`;
