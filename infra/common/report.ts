import { RunError } from '@pulumi/pulumi/errors.js';
import { UserError } from '../../tools/user-error.ts';

/** Runs a program or a part of it and converts UserErrors to RunErrors, which Pulumi prints without a stack trace. */
export async function reportUserErrors<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof UserError) throw withoutStack(error.message);
    throw error;
  }
}

/** If a promise in `dependsOn` rejects, Pulumi prints the stack of the error, even of a RunError. */
function withoutStack(message: string): RunError {
  return Object.assign(new RunError(message), { stack: message });
}
