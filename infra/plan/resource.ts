import type { OutputInstance } from '@pulumi/pulumi';
import type { Hole } from './hole.ts';
import type { PlannedOptions, PlannedResource } from './planned.ts';

/** A type of resource with the type of its arguments. `constants`: arguments that every resource of the type has. */
export interface ResourceType<Args extends object> {
  token: string;
  constants?: Record<string, unknown>;
  secretArgs?: string[];
  secretOutputs?: string[];
  /** Exists for the compiler only. */
  args?: Args;
}

/** Returns Pulumi's type tokens by the keys of a record of types. */
export function tokensOf(types: Record<string, ResourceType<object>>): Record<string, string> {
  return Object.fromEntries(Object.entries(types).map(([key, { token }]) => [key, token]));
}

/** Pulumi's arguments with holes in place of outputs and promises. */
export type WithHoles<T> = T extends Hole
  ? T
  : T extends Promise<unknown> | OutputInstance<unknown>
    ? never
    : T extends string
      ? T | Hole
      : T extends number | boolean | null | undefined
        ? T
        : T extends readonly (infer Item)[]
          ? WithHoles<Item>[]
          : T extends object
            ? { [Key in keyof T]: WithHoles<T[Key]> }
            : T;

/** Pulumi's arguments, in which holes can also be in place of texts. */
export type WithInputs<T> = T extends Hole | Promise<unknown> | OutputInstance<unknown>
  ? T
  : T extends string
    ? T | Hole
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? WithInputs<Item>[]
        : T extends object
          ? { [Key in keyof T]: WithInputs<T[Key]> }
          : T;

type AddOptions = Omit<PlannedOptions, 'secretArgs' | 'secretOutputs'>;

/** Returns the final arguments of a resource. */
export type ChangeArgs = (resource: Omit<PlannedResource, 'options'>) => Record<string, unknown>;

/** The resources of a plan, in the order in which they were added: each after those that it depends on. */
export class ResourceList {
  readonly all: PlannedResource[] = [];
  readonly #change: ChangeArgs;

  constructor(change: ChangeArgs = ({ args }) => args) {
    this.#change = change;
  }

  add<Args extends object>(
    component: string | undefined,
    type: ResourceType<Args>,
    name: string,
    args: WithHoles<Args>,
    options?: AddOptions,
  ): PlannedResource {
    return this.addPrepared(this.prepare(component, type, name, args), options);
  }

  /** Returns a resource with its final arguments, for a plan that needs them before `addPrepared` adds the resource. */
  prepare<Args extends object>(
    component: string | undefined,
    { token: type, constants = {}, secretArgs = [], secretOutputs = [] }: ResourceType<Args>,
    name: string,
    args: WithHoles<Args>,
  ): PlannedResource {
    const made = { component, type, name, args: { ...constants, ...(args as Record<string, unknown>) } };
    return { ...made, args: this.#change(made), options: { secretArgs, secretOutputs } };
  }

  addPrepared(resource: PlannedResource, options: AddOptions = {}): PlannedResource {
    resource.options = { ...options, ...resource.options };
    this.all.push(resource);
    return resource;
  }
}
