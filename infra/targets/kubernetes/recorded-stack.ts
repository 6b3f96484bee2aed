import { nameOf, type StateResource } from '../shared/data.ts';

/** Returns the stack name in the name of the namespace, `<stack>-<environment>`. */
export function kubernetesStack(
  resources: readonly StateResource[],
  { environment }: { environment: string },
): string | undefined {
  const namespace = resources.find(({ type }) => type === 'kubernetes:core/v1:Namespace');
  return namespace && nameOf(namespace.urn).slice(0, -`-${environment}`.length);
}
