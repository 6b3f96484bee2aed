import type { Tree } from '../stack/tree.ts';
import type { Draft, Value } from './draft.ts';
import type { Fact, Facts } from './facts.ts';
import { cannot, type Outcome } from './ledger.ts';

/** Where a service is written. */
export interface Place {
  draft: Draft;
  /** Name of the service in the stack file. */
  service: string;
  facts: Facts;
  /** Whether its Dockerfile receives arguments. */
  hasArguments: boolean;
}

/** Writes a fact, and returns what becomes of it: as a whole, or of each part of the file. */
export type Rule<T> = (fact: Fact<T>, place: Place) => Outcome | [Tree, Outcome][];

/** Writes a value to a field of the service. */
export function to<T extends Value>(path: string): (fact: Fact<T>, place: Place) => Outcome;
export function to<T>(path: string, convert: (value: T) => Value): (fact: Fact<T>, place: Place) => Outcome;
export function to<T>(path: string, convert = (value: T) => value as Value) {
  return ({ value, from }: Fact<T>, place: Place) => write(path.split('.'), convert(value), from, place);
}

export function write(path: readonly string[], value: Value, from: Tree, { draft, service }: Place): Outcome {
  return draft.set(['services', service, ...path], value, from);
}

export function lost<T>(why: string, next: string): Rule<T> {
  return () => cannot(why, next);
}
