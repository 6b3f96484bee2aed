import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, type CommandResult } from '../../../../tools/command.ts';
import { UserError } from '../../../stack/problem.ts';

/** The docker command, which finds the daemon as the provider does: `DOCKER_HOST`, else this machine's. */
export async function docker(args: string[], variables: Record<string, string> = {}): Promise<CommandResult> {
  const { DOCKER_CONFIG = join(homedir(), '.docker'), PATH } = process.env;
  // Variables of a service may be called as those that the command itself goes by.
  const env = { ...process.env, ...variables, DOCKER_CONFIG, PATH };
  const result = await capture('docker', args, { env });
  if (result.code === null) {
    throw new UserError(`preDeploy on Docker needs the \`docker\` command on the PATH: ${result.problem}`);
  }
  return result;
}
