import type { DriftFinding } from '../../shared/drift.ts';
import type { LiveObject } from './live.ts';
import { changeBy, managersOf } from './managed.ts';

/**
 * Returns the objects of a namespace that neither the state has nor Kubernetes makes: those that belong to another object, and those
 * of every namespace, are left out.
 *
 * @param known the objects of the state, as `keyOf` names them
 */
export function foreignObjects(objects: readonly LiveObject[], known: ReadonlySet<string>): DriftFinding[] {
  return objects
    .filter((object) => !known.has(keyOf(object)) && !isOfKubernetes(object))
    .map((object) => {
      const { kind, metadata } = object;
      // The last manager in the list is the first one in time.
      const first = managersOf(metadata).at(-1);
      const { by, operation } = first === undefined ? {} : changeBy(first);
      const at = metadata.creationTimestamp;
      return {
        kind: 'foreign',
        resource: `${kind} ${metadata.name} in namespace ${metadata.namespace ?? ''}`,
        ...(isHelm(object) && { detail: 'it is the record of a Helm release' }),
        changed: {
          ...(by !== undefined && { by }),
          ...(operation !== undefined && { operation }),
          ...(at !== undefined && { at: new Date(at).toISOString() }),
        },
      };
    });
}

export function keyOf({ kind, metadata }: Pick<LiveObject, 'kind' | 'metadata'>): string {
  return `${kind} ${metadata.name}`;
}

/** A controller has made it for another object, or Kubernetes for every namespace. */
function isOfKubernetes({ kind, type, metadata }: LiveObject): boolean {
  const { name, ownerReferences } = metadata;
  return (
    ownerReferences.length > 0 ||
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'Secret' && type === 'kubernetes.io/service-account-token')
  );
}

function isHelm({ kind, type }: LiveObject): boolean {
  return kind === 'Secret' && type === 'helm.sh/release.v1';
}
