import type { ResourceType, WithHoles, WithInputs } from '../plan/resource.ts';
import type { objects as dockerObjects } from './docker/resources.ts';
import type { objects as kubernetesObjects } from './kubernetes/types.ts';

type ArgsOf<Types> = { [Kind in keyof Types]: Types[Kind] extends ResourceType<infer Args> ? Args : never };

/** The arguments of each kind of object, as the official Pulumi provider declares them. */
export type ObjectArgs = ArgsOf<typeof dockerObjects> & ArgsOf<typeof kubernetesObjects>;

/** The object whose arguments a function of `transform` receives. */
export interface TransformedObject {
  /** The service that the object belongs to, or `gateway`. Undefined if it belongs to the whole environment. */
  readonly service: string | undefined;
  /** Pulumi's name of the object. */
  readonly name: string;
}

/**
 * Functions that change the arguments of objects, by kind: those of Docker (`container`, `network`, `image`, `volume`) and
 * those of Kubernetes (`deployment`, `service`, …). A function receives a copy of the arguments and returns the arguments to
 * use. A text that only a deployment knows is a `Hole`: keep it or replace it, but do not look into it. The result can
 * contain Pulumi Outputs.
 */
export type Transform = {
  [Kind in keyof ObjectArgs]?: (
    args: WithHoles<ObjectArgs[Kind]>,
    object: TransformedObject,
  ) => WithInputs<ObjectArgs[Kind]>;
};
