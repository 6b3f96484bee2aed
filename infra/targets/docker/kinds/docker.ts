import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, type CommandResult, type Progress } from '../../../../tools/command.ts';
import { UserError } from '../../../../tools/user-error.ts';

/** Runs the docker command for the daemon that the provider uses: `DOCKER_HOST`, otherwise the daemon of this machine. */
export async function docker(
  args: string[],
  variables: Record<string, string> = {},
  onLine?: Progress,
): Promise<CommandResult> {
  const { DOCKER_CONFIG = join(homedir(), '.docker') } = process.env;
  const passed = Object.entries(variables).filter(([name]) => !isOwnVariable(name));
  const env = { ...process.env, ...Object.fromEntries(passed), DOCKER_CONFIG };
  const result = await capture('docker', args, { env, ...(onLine && { onLine }) });
  if (result.code === null) {
    throw new UserError(
      `Docker is asked with the \`docker\` command, which is not on the PATH: ${result.problem}`,
    );
  }
  return result;
}

/** Returns the ids of the objects that these flags select, in no particular order. */
export async function listIds(kind: 'container' | 'network', ...flags: string[]): Promise<string[]> {
  const { stdout } = await docker([kind, 'ls', '--quiet', '--no-trunc', ...flags]);
  return stdout.split('\n').filter((id) => id !== '');
}

/** Returns true if docker itself reads this variable: a service's own is then an argument. None of them is secret. */
export function isOwnVariable(name: string): boolean {
  return /^(PATH|DOCKER_(API_VERSION|CERT_PATH|CONFIG|CONTEXT|HOST|TLS|TLS_VERIFY))$/.test(name);
}
