import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { mayBeRoot } from '../../stack/container.ts';
import type { input } from './inputs.ts';
import { namespaceName } from './scope.ts';

/** Pinned, so that an upgrade of the cluster does not enforce new rules. */
const podSecurityVersion = 'v1.34';

/** The annotation of a namespace with the project that it belongs to. */
export const ownerAnnotation = 'railhead/owner';

/**
 * Returns the namespace of an environment. It enforces the Pod Security standard `restricted`, or `baseline` if the stack file
 * lets a service run as root. The API server then still warns of each pod that is not `restricted`.
 */
export function namespaceArgs(
  graph: ServiceGraph,
  owner?: Text,
): { metadata: WithHoles<input.meta.v1.ObjectMeta> } {
  const hasRoot = graph.services.some(({ form, config }) => form === 'code' && mayBeRoot(config.user));
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
    [`pod-security.kubernetes.io/${mode}`, hasRoot && mode === 'enforce' ? 'baseline' : 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
  ]);
  const labels = {
    'app.kubernetes.io/part-of': graph.name,
    'app.kubernetes.io/managed-by': 'railhead',
    ...Object.fromEntries(modes),
  };
  const annotations = owner !== undefined && { annotations: { [ownerAnnotation]: owner } };
  return { metadata: { name: namespaceName(graph), labels, ...annotations } };
}
