import type { WithHoles } from '../../plan/resource.ts';
import type { input } from './inputs.ts';
import { metadata, type Scope } from './scope.ts';

/** Returns the volume claim of a service. It is separate from the StatefulSet, so that it outlives it and can grow. */
export function volumeArgs(scope: Scope, service: string, size: string) {
  return {
    metadata: metadata(scope, service),
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
    } satisfies WithHoles<input.core.v1.PersistentVolumeClaimSpec>,
  };
}
