import type { Tree } from '../stack/tree.ts';

/** A value of the stack file that no imported file has. */
export interface Added {
  /** Its path in the stack file. */
  to: string;
  why: string;
  /** The part of a file that made it necessary. */
  from?: Tree | undefined;
}
