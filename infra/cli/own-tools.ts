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
  const { name, identity } = environment;
  const stack = identity ?? loadStack(stackFilePath(environment)).stack.name;
  const tools = target.ownTools({ stack, environment: name, service });
  throw new UserError(
    `${name} runs on ${target.name}, which \`railhead ${what}\` does not cover. Use instead:\n  ${tools[what]}`,
  );
}
