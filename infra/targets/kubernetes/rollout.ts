import type { Input, Output, Resource } from '@pulumi/pulumi';
import { all, unsecret } from '@pulumi/pulumi/output.js';
import { CustomResource, type CustomResourceOptions } from '@pulumi/pulumi/resource.js';
import { hashOf } from '../../provider/hash.ts';
import type { RolloutInputs } from './kinds/rollout.ts';
import type { Scope } from './scope.ts';

/** Annotation of a workload that has a `Rollout`: Pulumi does not wait for it, except when it deletes it. */
export const watched = { 'pulumi.com/waitFor': 'jsonpath={.metadata.uid}' };

type RolloutArgs = Omit<RolloutInputs, 'namespace' | 'workload' | 'revision'> &
  Record<'namespace' | 'workload' | 'revision', Input<string>>;

class Rollout extends CustomResource {
  constructor(name: string, args: RolloutArgs, options: CustomResourceOptions) {
    super('railhead:kubernetes:Rollout', name, args, options);
  }
}

export interface Watched {
  kind: RolloutInputs['kind'];
  service: string;
  /** Arguments of the workload. A change of the spec is another rollout. */
  args: { metadata: { name: Input<string> }; spec: object };
  /** Seconds without progress after which the rollout has failed. */
  timeout: number;
}

/** Creates the resource that waits for a workload. Dependents of the service depend on it. */
export function deployRollout(
  { root, environment, namespace }: Scope,
  { kind, service, args, timeout }: Watched,
  workload: Resource & { metadata: Output<{ uid: string }> },
): Resource {
  const place = { root, environment, name: service, namespace };
  return new Rollout(
    kind === 'Job' ? `${service}-predeploy` : service,
    {
      ...place,
      kind,
      workload: args.metadata.name,
      // The spec contains no secret value; the revision of secrets in it is a keyed hash. The uid makes a Job that was
      // created again another rollout: after a killed update, the record may be of an earlier Job with the same spec.
      revision: unsecret(all([args.spec, workload.metadata.uid]).apply(hashOf)),
      timeout,
    },
    // The old resource is deleted first, so that after a failure none is left and the next update waits again.
    { dependsOn: [workload], deleteBeforeReplace: true },
  );
}
