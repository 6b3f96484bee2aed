import { RunError } from '@pulumi/pulumi/errors.js';
import { UserError } from '../../tools/user-error.ts';

/** Runs a program or a part of it and converts UserErrors to RunErrors, which Pulumi prints without a stack trace. */
export async function reportUserErrors<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof UserError) throw userError(error.message);
    throw error;
  }
}

/**
 * Returns an error that Pulumi prints without a stack trace. If a promise in `dependsOn` rejects, Pulumi prints the stack of
 * the error, even of a RunError.
 */
export function userError(message: string): RunError {
  return Object.assign(new RunError(message), { stack: message });
}
