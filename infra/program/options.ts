import type { Input } from '@pulumi/pulumi/output.js';
import type { Resource } from '@pulumi/pulumi/resource.js';
import { UserError } from '../../tools/user-error.ts';
import { gatewayArtifact } from '../artifacts/programs.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { suggest } from '../stack/nearest.ts';
import type { Transform } from '../targets/transform.ts';
import type { PassedValues } from './passed.ts';

/** The inputs of `deploy` from the user's Pulumi program. */
export interface DeployOptions<Service extends string = string> {
  /**
   * Resources of the program that must exist before a service is created, by the name of the service. `gateway` names the
   * gateway.
   */
  dependsOn?: { readonly [Name in Service | 'gateway']?: readonly Resource[] };
  /**
   * Values for `${{pulumi.NAME}}` in the stack file, by name. They are secret in the state and on every target. Values that
   * the stack file does not use are ignored, since environments can differ.
   */
  values?: Readonly<Record<string, Input<string>>>;
  /** Changes the arguments of objects before they are created, by the kind of object. */
  transform?: Transform;
}

/** What a plan needs of the user's program. */
export interface Program {
  passed: PassedValues;
  options: DeployOptions;
}

/** Throws UserError if `dependsOn` names a service that the graph does not have. */
export function checkDependsOn(
  { dependsOn = {} }: DeployOptions,
  { services, gateway }: Pick<ServiceGraph, 'services' | 'gateway'>,
): void {
  const known = [...services.map(({ name }) => name), ...(gateway === undefined ? [] : [gatewayArtifact])];
  const problems = Object.keys(dependsOn)
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `deploy({ dependsOn }): the stack file has no service ${JSON.stringify(name)}; ${suggest(name, known)}`,
    );
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}
