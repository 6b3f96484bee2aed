import { isDeepStrictEqual } from 'node:util';
import type { WorkloadSpec } from './spec.ts';

/** Whether two specs ask for the same, whichever requests they came with. */
export function isSameWorkload(one: WorkloadSpec, other: WorkloadSpec): boolean {
  const asked = (spec: WorkloadSpec) => ({ ...spec, request: '', seal: '', kind: '' });
  return isDeepStrictEqual(asked(one), asked(other));
}

/** Whether both start the same process: only the number of replicas, the balancer's port and the times of a rollout may differ. */
export function isSameProcess(one: WorkloadSpec, other: WorkloadSpec): boolean {
  const process = ({ listen, ...spec }: WorkloadSpec): WorkloadSpec => ({
    ...spec,
    ...(listen && { listen: listen.mode === 'balanced' ? { ...listen, port: 0 } : listen }),
    replicas: 0,
    timeout: 0,
    minReady: 0,
    deploymentId: '',
  });
  return isSameWorkload(process(one), process(other));
}
