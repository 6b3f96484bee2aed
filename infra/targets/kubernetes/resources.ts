import type { Service } from '../../stack/schema.ts';
import { limitsOf } from '../containers/limits.ts';
import type { input } from './inputs.ts';

type Resources = NonNullable<Service['resources']>;
type Size = NonNullable<Resources['memory']>;

/** Set aside for a service that says nothing. */
const defaultRequests = { cpu: 0.1, memory: { bytes: 2 ** 27, text: '128Mi' } };

/** What a container may write beside its volumes, logs included. */
const disk = { limits: '1Gi', requests: '64Mi' };

/** Size of a pod's `/tmp`. */
export const temporarySize = '256Mi';

/** Limits and requests of a service's container; a request is as high as the limit where the stack file says only that. */
export function resourcesOf({ resources }: Pick<Service, 'resources'>): input.core.v1.ResourceRequirements {
  const limits = limitsOf({ resources });
  const requests = {
    ...lowest(defaultRequests, limits),
    ...present(resources),
    ...present(resources?.requests),
  };
  return { limits: amounts(limits, disk.limits), requests: amounts(requests, disk.requests) };
}

/** A default request may not be above a limit that was written. */
function lowest(requests: typeof defaultRequests, limits: typeof defaultRequests) {
  return {
    cpu: Math.min(requests.cpu, limits.cpu),
    memory: requests.memory.bytes < limits.memory.bytes ? requests.memory : limits.memory,
  };
}

function present(amount: { cpu?: number | undefined; memory?: Size | undefined } | undefined) {
  const { cpu, memory } = amount ?? {};
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
}

/** CPU as the API server writes it, so that what it answers is no change: `1`, `250m`. */
function amounts({ cpu, memory }: typeof defaultRequests, storage: string) {
  const thousandths = Math.round(cpu * 1000);
  return {
    cpu: thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`,
    memory: memory.text,
    'ephemeral-storage': storage,
  };
}
