import { Output, output, secret, type Input } from '@pulumi/pulumi/output.js';
import { userError } from '../common/report.ts';
import { programValue, Hole } from '../plan/hole.ts';

/** The values that the user's program passes to a plan, which has holes in their places. */
export class PassedValues {
  /** The names for `${{pulumi.NAME}}`. */
  readonly names: readonly string[];
  readonly #outputs: Map<string, Output<unknown>>;

  constructor(values: Readonly<Record<string, Input<string>>> = {}) {
    this.names = Object.keys(values);
    this.#outputs = new Map(
      Object.entries(values).map(([name, value]) => [name, secret(output(value).apply(textOf(name)))]),
    );
  }

  /** Returns the Output in the place of a hole. Building the graph checks that each name of the stack file has one. */
  outputOf(name: string): Output<string> {
    return this.#outputs.get(name)! as Output<string>;
  }

  /** Returns a copy of a value in which a hole replaces each Output and Promise. */
  withHoles(value: unknown): unknown {
    if (Output.isInstance(value) || value instanceof Promise) {
      // A dot never occurs in the name of a reference.
      const name = `transform.${this.#outputs.size}`;
      this.#outputs.set(name, output(value));
      return programValue(name);
    }
    if (Array.isArray(value)) return value.map((item) => this.withHoles(item));
    if (typeof value !== 'object' || value === null || value instanceof Hole) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.withHoles(item)]));
  }
}

function textOf(name: string) {
  return (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw userError(
      `deploy({ values: { ${name} } }) is ${value === undefined ? 'undefined' : `of type ${typeof value}`}; a value for \${{pulumi.${name}}} must be a string.`,
    );
  };
}
