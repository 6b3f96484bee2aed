import { RunError } from '@pulumi/pulumi/errors.js';
import { UserError } from './stack/problem.ts';

/** Pulumi prints a RunError as it is and anything else with its stack: a user's mistake has none. */
export async function reportUserErrors<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof UserError) throw new RunError(error.message);
    throw error;
  }
}
