import { z } from 'zod';

/** Whose resource it is; part of the inputs of every kind. */
export const placeSchema = z.strictObject({
  /** Absolute path of the clone. */
  root: z.string().startsWith('/'),
  environment: z.string().min(1),
  /** Name of the service. */
  name: z.string().min(1),
});

export type Place = z.infer<typeof placeSchema>;

/** How a step speaks to the person who waits for it, and how it learns that it must end. */
export interface Step {
  /** One line that replaces the last one in `pulumi up`. */
  progress: (line: string) => void;
  /** Aborted when the engine cancels. */
  signal: AbortSignal;
}

/**
 * A kind of resource. `Inputs` are checked and have their defaults before any of these functions sees
 * them. All functions throw UserError for what the user can mend.
 */
export interface Kind<Inputs extends Place, Outputs extends Record<string, string> = Record<string, string>> {
  inputs: Schema<Inputs>;
  /** Names of all outputs; those of `secretOutputs` are encrypted in the state. */
  outputs: readonly (keyof Outputs & string)[];
  secretOutputs: readonly (keyof Outputs & string)[];
  /** Inputs whose change makes a new resource. */
  replaceOn: readonly (keyof Inputs & string)[];
  /** Inputs whose change alone changes nothing. */
  ignored: readonly (keyof Inputs & string)[];
  /** Adopts what an interrupted run has left. */
  create(inputs: Inputs, step: Step): Promise<Outputs>;
  update(inputs: Inputs, step: Step, outputs: Outputs): Promise<Outputs>;
  /**
   * What is really there, as the input `state` shows it: `ready` where all is well, `stopped` where
   * nothing runs. Absent where nothing outside of Pulumi's state could change.
   */
  read?(inputs: Inputs): string;
  /** Gets the place alone, so that what an older version has made can be deleted too. */
  delete(place: Place, step: Step): Promise<void>;
}

/** The part of a zod schema that is used here; the whole type would tie every kind to its own inputs. */
interface Schema<Values> {
  parse(values: unknown): Values;
  safeParse(values: unknown): z.ZodSafeParseResult<Values>;
}

/** A kind as the gRPC side sees it: a checked bag of values goes in, a bag of strings comes out. */
export type AnyKind = Kind<Place & Record<string, unknown>, Record<string, string>>;
