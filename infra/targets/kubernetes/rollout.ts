import { valueAt } from '../../plan/fill.ts';
import { hashText, outputOf, type Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { RolloutInputs } from './kinds/rollout-inputs.ts';
import type { PlanScope } from './scope.ts';
import { types } from './types.ts';

/** Annotation of a workload that has a `Rollout`: Pulumi does not wait for it, except when it deletes it. */
export const watched = { 'pulumi.com/waitFor': 'jsonpath={.metadata.uid}' };

export interface Watched {
  kind: RolloutInputs['kind'];
  service: string;
  /** Whether a Job is the service itself, and not its `preDeploy`. */
  isService?: boolean;
  /** The workload with its final arguments. A change of its spec is another rollout. */
  workload: PlannedResource;
  /** Seconds without progress after which the rollout has failed. */
  timeout: number;
}

/** Adds a prepared workload between the resource that records its changes and the one that waits for it. Returns the latter. */
export function planWatched(
  scope: PlanScope,
  watched: Watched,
  dependsOn: PlannedResource[],
): PlannedResource {
  const begin = planBegin(scope, watched, dependsOn);
  scope.resources.addPrepared(watched.workload, { dependsOn: [begin] });
  return planRollout(scope, watched, begin);
}

/**
 * Plans the resource that records each change of a workload before it happens; the workload depends on it. A Job needs none:
 * its uid differs after each change.
 */
function planBegin(
  { root, environment, resources }: PlanScope,
  { service, workload }: Watched,
  dependsOn: PlannedResource[],
): PlannedResource {
  const inputs = { root, environment, name: service, revision: hashText(workload.args.spec) };
  return resources.add(service, types.rolloutBegin, service, inputs, { dependsOn });
}

/** Plans the resource that waits for a workload. Dependents of the service depend on it. */
export function planRollout(
  { root, environment, namespace, resources }: PlanScope,
  { kind, service, workload, timeout, isService }: Watched,
  begin?: PlannedResource,
): PlannedResource {
  const place = { root, environment, name: service, namespace };
  return resources.add(
    service,
    types.rollout,
    kind === 'Job' && !isService ? `${service}-predeploy` : service,
    {
      ...place,
      kind,
      ...(isService && { isService }),
      workload: valueAt(workload.args, ['metadata', 'name']) as Text,
      // The spec contains no secret value; the revision of secrets in it is a keyed hash. The uid makes a Job that was
      // created again another rollout: after a killed update, the record may be of an earlier Job with the same spec.
      revision: hashText([workload.args.spec, outputOf(workload, 'metadata.uid')]),
      ...(begin !== undefined && { begun: outputOf(begin, 'nonce') }),
      timeout,
    },
    // The old resource is deleted first, so that after a failure none is left and the next update waits again.
    { dependsOn: [workload], deleteBeforeReplace: true },
  );
}
