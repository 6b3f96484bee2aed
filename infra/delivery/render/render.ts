import { environmentNames, readEnvironment } from '../../common/environment.ts';
import { UserError } from '../../../tools/user-error.ts';
import { toGatewayDocuments } from './cloudflare.ts';
import { toComposeFile } from '../../targets/docker/render/compose.ts';
import { toManifests, toObjects } from '../../targets/kubernetes/manifests.ts';
import { readPlainConfig, recordResources } from './record.ts';
import type { RecordedResource } from './recorder.ts';
import { noSecrets, type Secrets } from './secrets.ts';

/** Receives one line for each artifact that has to be built. */
type Progress = (line: string) => void;

/** Renders what `pulumi up` would apply in an environment. Returns file contents by name. Throws UserError. */
export async function render(
  environment: string,
  secrets: Secrets,
  progress: Progress,
): Promise<Map<string, string>> {
  const { target } = readEnvironment(environment);
  if (target === 'process') {
    const others = environmentNames().filter((name) => readEnvironment(name).target !== 'process');
    throw new UserError(
      `${environment} runs as processes on this machine, which only Pulumi can start, so there is nothing to render. Choose another environment with -s: ${others.join(', ')}.`,
    );
  }
  const resources = await recordResources(environment, readPlainConfig(environment), secrets, progress);
  return toFiles(resources, target, secrets.given);
}

/** Renders the resources of a target. Returns file contents by name. */
export function toFiles(
  resources: RecordedResource[],
  target: 'kubernetes' | 'docker',
  secretsGiven: boolean,
): Map<string, string> {
  return target === 'kubernetes'
    ? toManifests(toObjects(resources, secretsGiven))
    : new Map([['compose.yaml', toComposeFile(resources, secretsGiven)]]);
}

/** Renders every Cloudflare resource of an environment with its arguments, as YAML documents. Throws UserError. */
export async function renderGateway(environment: string, progress: Progress): Promise<string> {
  readEnvironment(environment);
  const config = readPlainConfig(environment);
  return toGatewayDocuments(await recordResources(environment, config, noSecrets, progress));
}
