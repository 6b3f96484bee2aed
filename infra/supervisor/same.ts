import { isDeepStrictEqual } from 'node:util';
import type { WorkloadSpec } from './spec.ts';

/** Returns true if two specs are equal. Their `request` ids do not count. */
export function isSameWorkload(one: WorkloadSpec, other: WorkloadSpec): boolean {
  const asked = (spec: WorkloadSpec) => ({ ...spec, request: '', seal: '', kind: '' });
  return isDeepStrictEqual(asked(one), asked(other));
}

/**
 * Returns true if both specs start the same process: only replica count, the addresses of balancers and what concerns a
 * rollout may differ.
 */
export function isSameProcess(one: WorkloadSpec, other: WorkloadSpec): boolean {
  const process = ({ listen, ports, ...spec }: WorkloadSpec): WorkloadSpec => {
    const same: WorkloadSpec = {
      ...spec,
      ...(listen && { listen: listen.mode === 'balanced' ? { ...listen, port: 0 } : listen }),
      ...(ports && { ports: ports.map(({ variable }) => ({ variable, port: 0, protocol: 'tcp' })) }),
      replicas: 0,
      timeout: 0,
      minReady: 0,
      deploymentId: '',
    };
    delete same.canary;
    delete same.published;
    return same;
  };
  return isSameWorkload(process(one), process(other));
}
