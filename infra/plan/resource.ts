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

/** The resources of a plan, in the order in which they were added: each after those that it depends on. */
export class ResourceList {
  readonly all: PlannedResource[] = [];

  add<Args extends object>(
    component: string | undefined,
    { token, constants = {}, secretArgs = [], secretOutputs = [] }: ResourceType<Args>,
    name: string,
    args: WithHoles<Args>,
    options: Omit<PlannedOptions, 'secretArgs' | 'secretOutputs'> = {},
  ): PlannedResource {
    const resource: PlannedResource = {
      component,
      type: token,
      name,
      args: { ...constants, ...(args as Record<string, unknown>) },
      options: { ...options, secretArgs, secretOutputs },
    };
    this.all.push(resource);
    return resource;
  }
}
