import * as z from 'zod';
import type { ServiceGraph } from '../../graph/types.ts';
import type { PreflightContext } from '../shared/target.ts';
import { kubectlOf } from './kubectl.ts';
import { ownerAnnotation } from './namespace.ts';
import { namespaceName } from './scope.ts';

const texts = z.record(z.string(), z.string()).default({});
const namespace = z.object({ metadata: z.object({ labels: texts, annotations: texts }) });

/**
 * Returns the owner of an environment's namespace; an empty string if Railhead made it without one. Returns none if there is no
 * such namespace, or kubectl cannot read it, which the preflight reports.
 */
export async function kubernetesOwners(
  graph: ServiceGraph,
  { root, environment }: PreflightContext,
): Promise<string[]> {
  const kubectl = kubectlOf(root, environment);
  const { code, stdout } = await kubectl(
    'get',
    'namespace',
    namespaceName(graph),
    '--ignore-not-found',
    '--output=json',
  );
  if (code !== 0 || stdout.trim() === '') return [];
  const { labels, annotations } = namespace.parse(JSON.parse(stdout)).metadata;
  const owner = annotations[ownerAnnotation];
  if (owner !== undefined) return [owner];
  return labels['app.kubernetes.io/managed-by'] === 'railhead' ? [''] : [];
}
