import type { Path } from '../stack/tree.ts';
import type { ProvidedReference, SecretReference } from './types.ts';

/** What a reference stands for. `variable` names another template, by `variableKey`. */
export type Meaning =
  { kind: 'text'; text: string } | { kind: 'variable'; key: string } | ProvidedReference | SecretReference;

/** A reference that means nothing. */
export interface Unknown {
  kind: 'unknown';
  /** What is wrong, and what may have been meant. */
  message: string;
  /** Path of what is missing: where something is wrong there, this is a mere consequence. */
  cause?: Path;
}

/** Key of a variable as messages show it: `api.DATABASE_URL`, `shared.LOG_LEVEL`. */
export function variableKey(owner: string, name: string): string {
  return `${owner}.${name}`;
}
