import { stackFilePath, type Environment } from '../common/environment.ts';
import { loadStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';
import type { OwnTools } from '../targets/shared/own-tools.ts';
import { UserError } from '../../tools/user-error.ts';

/** Throws a UserError that names the command to use instead, unless Railhead's supervisors run the services. */
export async function requireSupervisors(
  environment: Environment,
  what: keyof OwnTools,
  service?: string,
): Promise<void> {
  const target = await chooseTarget(environment);
  if (target.ownTools === undefined) return;
  const tools = target.ownTools({
    stack: deployedStack(environment),
    environment: environment.name,
    service,
  });
  throw new UserError(
    `${environment.name} runs on ${target.name}, which \`railhead ${what}\` does not cover. Use instead:\n  ${tools[what]}`,
  );
}

/** Returns the name of the stack under which an environment was deployed. Throws UserError if its stack file is needed and not valid. */
export function deployedStack(environment: Environment): string {
  return environment.identity ?? loadStack(stackFilePath(environment)).stack.name;
}
