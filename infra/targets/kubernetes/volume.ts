import type { WithHoles } from '../../plan/resource.ts';
import type { input } from './inputs.ts';
import { metadata, type Scope } from './scope.ts';
import { storageClassOf, type WithSettings } from './settings.ts';

/**
 * Returns the volume claim of a service. It is separate from the StatefulSet, so that it outlives it and can grow.
 *
 * @param name the name of the claim; by default that of the service
 * @param mode `ReadWriteMany` if pods of several services mount it
 */
export function volumeArgs(
  scope: Scope,
  service: string,
  config: WithSettings,
  size: string,
  {
    name = service,
    mode = 'ReadWriteOnce',
  }: { name?: string; mode?: 'ReadWriteOnce' | 'ReadWriteMany' } = {},
) {
  const storageClassName = storageClassOf(scope, config);
  return {
    metadata: metadata(scope, service, 'service', name),
    spec: {
      accessModes: [mode],
      ...(storageClassName !== undefined && { storageClassName }),
      resources: { requests: { storage: size } },
    } satisfies WithHoles<input.core.v1.PersistentVolumeClaimSpec>,
  };
}
