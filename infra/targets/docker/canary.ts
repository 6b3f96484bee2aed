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
  { root, environment, resources }: TargetContext,
  { service, canary }: ContainerPlan,
  replicas: PlannedResource[],
): PlannedResource[] {
  if (canary === undefined) return [];
  const args = {
    root,
    environment,
    name: service,
    revision: hashText(replicas.map(({ args }) => args)),
    balancer: labelsOf(graph, service, 'balancer'),
    replicas: labelsOf(graph, service, 'replica'),
  };
  return [resources.add(service, types.canaryBegin, nameOf(graph, service), args)];
}

/** Plans the canary of replicas that are ready; nothing without one. */
export function planCanary(
  graph: ServiceGraph,
  { root, environment, resources }: TargetContext,
  { service, canary }: ContainerPlan,
  replicas: PlannedResource[],
  ready: PlannedResource,
): PlannedResource[] {
  if (canary === undefined) return [];
  const args = {
    root,
    environment,
    name: service,
    containers: replicas.map((container) => outputOf(container, 'id')),
    canary,
    balancer: labelsOf(graph, service, 'balancer'),
    replicas: labelsOf(graph, service, 'replica'),
  };
  // The old resource is deleted first, so that after a failure none is left and the next update begins the canary again.
  const options = { dependsOn: [ready], deleteBeforeReplace: true };
  return [resources.add(service, types.canary, nameOf(graph, service), args, options)];
}

const nameOf = (graph: ServiceGraph, service: string) => `${prefixOf(graph)}-${service}`;
