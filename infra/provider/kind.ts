import * as z from 'zod';

/** The project, environment and service of a resource. Part of the inputs of every kind. */
export const placeSchema = z.strictObject({
  /** Absolute path of the project. */
  root: z.string().startsWith('/'),
  environment: z.string().min(1),
  /** Name of the service. */
  name: z.string().min(1),
});

export type Place = z.infer<typeof placeSchema>;

/** The callbacks of a step: progress for the user and cancellation. */
export interface Step {
  /** Shows a line in `pulumi up`, which replaces the previous one. */
  progress: (line: string) => void;
  /** Aborted when the engine cancels. */
  signal: AbortSignal;
}

/**
 * A kind of resource. `Inputs` are validated and have their defaults before any of these functions is called. All
 * functions throw UserError for problems that the user can solve.
 */
export interface Kind<Inputs extends Place, Outputs extends Record<string, string> = Record<string, string>> {
  inputs: Schema<Inputs>;
  /** Names of all outputs; those of `secretOutputs` are encrypted in the state. */
  outputs: readonly (keyof Outputs & string)[];
  secretOutputs: readonly (keyof Outputs & string)[];
  /** Whether an update makes other outputs, which a preview then does not know. */
  renewsOutputs?: true;
  /** Inputs whose change replaces the resource. */
  replaceOn: readonly (keyof Inputs & string)[];
  /** Inputs whose change is not a difference. */
  ignored: readonly (keyof Inputs & string)[];
  /** Creates the resource. Adopts the processes and files that an interrupted run has left. */
  create(inputs: Inputs, step: Step): Promise<Outputs>;
  update(inputs: Inputs, step: Step, outputs: Outputs): Promise<Outputs>;
  /**
   * Returns the live state as the value of the input `state`: `ready` if the resource is as wanted, `stopped` if no
   * process runs. Absent for kinds that exist in Pulumi's state only.
   */
  read?(inputs: Inputs): string;
  /** Deletes the resource. Takes only the place, so that it can delete resources of older versions. */
  delete(place: Place, step: Step): Promise<void>;
}

/** The used methods of a zod schema. With the whole type, kinds of different inputs could not share one type. */
interface Schema<Values> {
  parse(values: unknown): Values;
  safeParse(values: unknown): z.ZodSafeParseResult<Values>;
}

/** A kind with untyped inputs and outputs, for the gRPC side. */
export type AnyKind = Kind<Place & Record<string, unknown>, Record<string, string>>;
