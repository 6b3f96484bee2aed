import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';
import { diffInputs, type Change } from './diff.ts';
import { InitError } from './init-error.ts';
import { placeSchema, type AnyKind, type Place, type Step } from './kind.ts';
import { unknownValue, type Properties } from './wire.ts';

/** The methods of a Pulumi provider without gRPC: they take and return property bags, and throw UserError. */
export interface Provider {
  /** Returns true if the live state can change without Pulumi. The engine then reads it before it computes a diff. */
  drifts(type: string): boolean;
  check(type: string, news: Properties): { inputs: Properties; failures: CheckFailure[] };
  diff(type: string, oldInputs: Properties, news: Properties): Change[];
  /** Throws InitError if the resource runs but did not get ready. */
  create(
    type: string,
    inputs: Properties,
    options: StepOptions,
  ): Promise<{ id: string; outputs: Properties }>;
  read(type: string, inputs: Properties, outputs: Properties): LiveProperties;
  update(type: string, inputs: Properties, olds: Properties, options: StepOptions): Promise<Properties>;
  delete(type: string, inputs: Properties, options: StepOptions): Promise<void>;
}

export interface StepOptions extends Step {
  preview: boolean;
}

export interface CheckFailure {
  property: string;
  reason: string;
}

export interface LiveProperties {
  inputs: Properties;
  outputs: Properties;
}

/** Reads the place from inputs of any version. */
const placeOf = z.object(placeSchema.shape);
const outputsSchema = z.record(z.string(), z.string());

export function createProvider(kinds: Record<string, AnyKind>): Provider {
  const find = (type: string): AnyKind => {
    const kind = kinds[type.split(':').at(-1) ?? ''];
    if (kind === undefined) throw new UserError(`There is no resource type ${type}.`);
    return kind;
  };

  return {
    drifts: (type) => find(type).read !== undefined,

    check(type, { values, secrets }) {
      const parsed = find(type).inputs.safeParse(values);
      if (parsed.success) return { inputs: { values: parsed.data, secrets }, failures: [] };
      return { inputs: { values, secrets }, failures: parsed.error.issues.map(checkFailure) };
    },

    diff(type, oldInputs, news) {
      return diffInputs(oldInputs.values, news.values, find(type));
    },

    async create(type, { values }, { preview, ...step }) {
      const kind = find(type);
      if (preview) return { id: '', outputs: seal(kind, unknownOutputs(kind)) };
      const inputs = kind.inputs.parse(values);
      // Equal inputs have the same id, so that a repeated create finds the processes of the first one.
      const id = `${inputs.environment}/${inputs.name}`;
      try {
        return { id, outputs: seal(kind, await untilCancelled(kind.create(inputs, step), step)) };
      } catch (error) {
        // With an InitError the engine records the resource. Without a record, `down` could not stop the running
        // processes.
        if (isThere(kind, inputs)) throw new InitError(id, error);
        throw error;
      }
    },

    read(type, inputs, outputs) {
      const kind = find(type);
      if (kind.read === undefined) return { inputs, outputs };
      const parsed = kind.inputs.safeParse(inputs.values);
      // Inputs of an older provider version: the next update must make the resource again with the current ones.
      const state = parsed.success ? kind.read(parsed.data) : 'outdated';
      return { inputs: { ...inputs, values: { ...inputs.values, state } }, outputs };
    },

    async update(type, { values }, olds, { preview, ...step }) {
      const kind = find(type);
      // After an interrupted create the recorded outputs are incomplete.
      if (preview) {
        const kept = kind.renewsOutputs ? {} : outputsSchema.parse(olds.values);
        return seal(kind, { ...unknownOutputs(kind), ...kept });
      }
      const inputs = kind.inputs.parse(values);
      const outputs = kind.update(inputs, step, outputsSchema.parse(olds.values));
      return seal(kind, await untilCancelled(outputs, step));
    },

    async delete(type, { values }, step) {
      await untilCancelled(find(type).delete(placeOf.parse(values), step), step);
    },
  };
}

/** Replaces any error of a cancelled step, except a UserError, by a message that says that the step was cancelled. */
async function untilCancelled<T>(work: Promise<T>, { signal }: Step): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!signal.aborted || error instanceof UserError) throw error;
    throw new UserError('was cancelled; the next `up` continues from here');
  }
}

function isThere(kind: AnyKind, inputs: Place & Record<string, unknown>): boolean {
  return kind.read !== undefined && kind.read(inputs) !== 'stopped';
}

function seal(kind: AnyKind, values: Record<string, string>): Properties {
  return { values, secrets: kind.secretOutputs.map((name) => [name]) };
}

function unknownOutputs(kind: AnyKind): Record<string, string> {
  return Object.fromEntries(kind.outputs.map((name) => [name, unknownValue]));
}

function checkFailure({ path, message }: z.core.$ZodIssue): CheckFailure {
  return { property: path.join('.'), reason: message };
}
