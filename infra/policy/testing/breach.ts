import assert from 'node:assert/strict';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import type { goodStack } from './planned.ts';

export type Fields = Record<string, unknown>;
type Stack = ReturnType<typeof goodStack>;
type Resources = RecordedResource[];

/** A change that breaks a rule, and what is found: the service with the message. */
export interface Breach {
  rule: string;
  /** The targets on which the change breaks the rule. On the others, the stack file still keeps it. */
  on: string[];
  stack?: (stack: Stack) => object;
  resources?: (resources: Resources) => void;
  found: RegExp;
}

/** Returns a change of the fields of the service `web`. */
export const web = (fields: Fields) => (stack: Stack) => ({
  ...stack,
  services: { ...stack.services, web: { ...stack.services.web, ...fields } },
});

/** Returns a change that gives `web` one variable. */
export const variable = (name: string, value: string) => web({ variables: { [name]: value } });

/** Returns a change of one value of a resource, by its path. */
export function change(type: string, name: string, path: string, value: unknown) {
  return (all: Resources) => {
    const keys = path.split('.');
    const last = keys.pop()!;
    const owner = keys.reduce((map: unknown, key) => (map as Fields)[key], find(all, type, name).values);
    (owner as Fields)[last] = value;
  };
}

/** Returns a change after which Pulumi may delete a resource. */
export function unkept(type: string, name: string) {
  return (all: Resources) => delete find(all, type, name).isKept;
}

function find(all: Resources, type: string, name: string): RecordedResource {
  const found = all.find((each) => each.type.endsWith(type) && each.name === name);
  assert.ok(found, `${type} ${name}`);
  return found;
}
