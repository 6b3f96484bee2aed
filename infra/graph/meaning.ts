import type { Path } from '../stack/tree.ts';
import type { Reference } from './types.ts';

/** The meaning of a reference. `variable` refers to another template by its `variableKey`. */
export type Meaning = { kind: 'text'; text: string } | { kind: 'variable'; key: string } | Reference;

/** A reference that cannot be resolved. */
export interface Unknown {
  kind: 'unknown';
  /** The problem, and a suggestion. */
  message: string;
  /** Path whose own problems explain this one. */
  cause?: Path;
}

/** Returns the key of a variable, which messages show too: `api.DATABASE_URL`, `shared.LOG_LEVEL`. */
export function variableKey(owner: string, name: string): string {
  return `${owner}.${name}`;
}
