import type { ServiceGraph } from '../../graph/types.ts';
import type { input } from './inputs.ts';
import { namespaceName } from './scope.ts';

/** Pinned: a new version of the cluster brings no new rule unasked. */
const podSecurityVersion = 'v1.34';

/** The namespace of an environment; it takes no pod that Pod Security `restricted` would not allow. */
export function namespaceArgs(graph: ServiceGraph): { metadata: input.meta.v1.ObjectMeta } {
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, podSecurityVersion],
  ]);
  const labels = {
    'app.kubernetes.io/part-of': graph.name,
    'app.kubernetes.io/managed-by': 'railhead',
    ...Object.fromEntries(modes),
  };
  return { metadata: { name: namespaceName(graph), labels } };
}
