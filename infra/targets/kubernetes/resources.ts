import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService, Service } from '../../stack/schema.ts';
import { limitsOf } from '../../containers/limits.ts';
import type { input } from './inputs.ts';

type Resources = NonNullable<Service['resources']>;
type Size = NonNullable<Resources['memory']>;

/** The requests of a service that declares none. */
const defaultRequests = { cpu: 0.1, memory: { bytes: 2 ** 27, text: '128Mi' } };

/** Disk space that a container can use outside of its volumes, including its logs. */
const disk = { limits: '1Gi', requests: '64Mi' };

/** The size of a pod's `/tmp`. */
export const temporarySize = '256Mi';

/** Returns the limits and requests of a container. A request equals the limit if only the limit is declared. */
export function resourcesOf({ resources }: Pick<CodeService, 'resources'>) {
  const limits = limitsOf({ resources });
  const requests = {
    ...lowest(defaultRequests, limits),
    ...present(resources),
    ...present(resources?.requests),
  };
  const gpu = resources?.gpu;
  return {
    limits: {
      ...amounts(limits, disk.limits),
      // The resource of NVIDIA's device plugin. The API server sets its request to the limit.
      ...(gpu !== undefined && { 'nvidia.com/gpu': String(gpu) }),
    },
    requests: amounts(requests, disk.requests),
  } satisfies WithHoles<input.core.v1.ResourceRequirements>;
}

/** Returns the default requests, reduced to the declared limits. */
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

/** Returns CPU in the format of the API server (`1`, `250m`), so that reading it back shows no change. */
function amounts({ cpu, memory }: typeof defaultRequests, storage: string) {
  const thousandths = Math.round(cpu * 1000);
  return {
    cpu: thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`,
    memory: memory.text,
    'ephemeral-storage': storage,
  };
}
