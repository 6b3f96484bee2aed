import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { chooseTarget } from '../../targets/index.ts';
import { UserError } from '../../../tools/user-error.ts';
import { toGatewayDocuments } from './cloudflare.ts';
import { readPlainConfig } from '../plain-config.ts';
import { recordResources } from './record.ts';
import { noSecrets, type Secrets } from './secrets.ts';

/** Receives one line for each artifact that has to be built. */
type Progress = (line: string) => void;

/**
 * Renders what `pulumi up` would apply in an environment. Returns file contents by name. Throws UserError.
 *
 * @param folder absolute path of the folder that the files are for; default: the current folder
 */
export async function render(
  environment: string,
  secrets: Secrets,
  progress: Progress,
  folder = process.cwd(),
): Promise<Map<string, string>> {
  const target = await chooseTarget(readEnvironment(environment));
  if (target.render === undefined) {
    throw new UserError(
      `${environment} runs on ${target.name}, which only Pulumi can deploy to, so there is nothing to render. Choose another environment with -s: ${(await rendered()).join(', ')}.`,
    );
  }
  const resources = await recordResources(environment, readPlainConfig(environment), secrets, progress);
  return target.render(resources, secrets.given, folder);
}

/** Returns the names of the environments whose target has files to render. */
async function rendered(): Promise<string[]> {
  const environments = await Promise.all(
    environmentNames().map(async (name) => ({ name, target: await chooseTarget(readEnvironment(name)) })),
  );
  return environments.filter(({ target }) => target.render !== undefined).map(({ name }) => name);
}

/** Renders every Cloudflare resource of an environment with its arguments, as YAML documents. Throws UserError. */
export async function renderGateway(environment: string, progress: Progress): Promise<string> {
  readEnvironment(environment);
  const config = readPlainConfig(environment);
  return toGatewayDocuments(await recordResources(environment, config, noSecrets, progress));
}
