import { capture } from '../../../tools/command.ts';
import { isLoopback } from '../../common/loopback.ts';
import { loadRelease } from '../../releases/load.ts';
import type { Check } from './check.ts';
import { lastLine, patience } from './preflight.ts';
import type { PreflightContext } from './target.ts';

/**
 * Checks that the images of the environment's release file exist. An image of which the registry says nothing, for example
 * because it accepts only the cluster, is "not checked".
 *
 * @param isLocal whether an image on this machine's daemon is enough
 */
export async function checkPinnedImages(
  { root, environment }: Pick<PreflightContext, 'root' | 'environment'>,
  isLocal: boolean,
): Promise<Check[]> {
  const pinned = Object.values(loadRelease(environment, root)?.release.artifacts ?? {});
  const images = new Set(pinned.flatMap(({ image }) => image ?? []));
  return Promise.all([...images].map((image) => checkImage(image, isLocal)));
}

async function checkImage(image: string, isLocal: boolean): Promise<Check> {
  const name = 'Image';
  const docker = (...args: string[]) => capture('docker', [...args, image], { timeout: patience });
  if (isLocal && (await docker('image', 'inspect')).code === 0) return { name, found: image };
  // Docker uses a registry of this machine without TLS. Only here it must be told to.
  const [host = ''] = image.split(/(?::\d+)?\//, 1);
  const insecure = isLoopback(host) ? ['--insecure'] : [];
  const { code, problem } = await docker('manifest', 'inspect', ...insecure);
  if (code === 0) return { name, found: image };
  return /no such manifest|manifest unknown|not found/i.test(problem) && code !== null
    ? { name, found: `the registry does not have ${image}`, mend: `docker pull ${image}` }
    : { name, found: `${image} not checked: ${lastLine(problem)}` };
}
