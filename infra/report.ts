import { RunError } from '@pulumi/pulumi/errors.js';
import { UserError } from './stack/problem.ts';

/** The way back, for who runs the program without Pulumi. */
export async function unwrapUserErrors<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof RunError) throw new UserError(error.message);
    throw error;
  }
}

/** Pulumi prints a RunError as it is and anything else with its stack: a user's mistake has none. */
export async function reportUserErrors<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof UserError) throw new RunError(error.message);
    throw error;
  }
}
