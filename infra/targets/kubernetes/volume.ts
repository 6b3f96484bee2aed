import type { input } from './inputs.ts';
import { metadata, type Scope } from './scope.ts';

/** The disk of a service, apart from its StatefulSet: it outlives that, and can grow. */
export function volumeArgs(scope: Scope, service: string, size: string) {
  return {
    metadata: metadata(scope, service),
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
    } satisfies input.core.v1.PersistentVolumeClaimSpec,
  };
}
