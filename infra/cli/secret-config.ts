import { keyOf } from '../delivery/secrets/secret-states.ts';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';

type Engine = Pick<EngineCall, 'read'>;

/** Sets a secret of a stack. Its value is on no command line and in no environment variable. Throws UserError. */
export async function setSecret(pulumi: Engine, stack: string, name: string, value: string): Promise<void> {
  const args = ['config', 'set', '--secret', keyOf(name), '--stack', stack, '--non-interactive'];
  // Pulumi removes a newline at the end.
  const { code, problem } = await pulumi.read(args, {}, { input: `${value}\n` });
  if (code !== 0) throw new UserError(problem.replaceAll(value, '(hidden)'));
}

/** Returns the decrypted value of a secret. Throws UserError. */
export async function getSecret(
  pulumi: Engine,
  stack: string,
  name: string,
  variables: Record<string, string> = {},
): Promise<string> {
  const args = ['config', 'get', keyOf(name), '--stack', stack, '--json', '--non-interactive'];
  const { code, stdout, problem } = await pulumi.read(args, variables);
  if (code !== 0) throw new UserError(`${name} of ${stack} cannot be read: ${problem}`);
  return (JSON.parse(stdout) as { value: string }).value;
}
