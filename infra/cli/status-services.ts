import type { StatusDocument } from '../delivery/status/document.ts';
import type { FailedDeployment } from '../supervisor/spec.ts';
import type { Workload } from '../supervisor/workloads.ts';
import { addressOf, countReplicas, describeReason, stateOf } from './status-table.ts';

type Service = NonNullable<StatusDocument['services']>[number];

/** Returns the services of the document of `railhead status --json`, sorted by name. */
export function listServices(workloads: Workload[], neverRan: FailedDeployment[]): Service[] {
  return [...workloads.map(serviceOf), ...neverRan.map(failedService)].toSorted((one, other) =>
    one.service < other.service ? -1 : 1,
  );
}

function serviceOf(workload: Workload): Service {
  const { name, spec: wanted, kept, status } = workload;
  const spec = kept ?? wanted;
  const { ready, restarts } = countReplicas(status);
  return {
    service: name,
    state: stateOf(workload),
    ...(spec.cron === undefined && { ready, replicas: spec.replicas }),
    restarts,
    ...described(spec),
    ...(status?.failure && { failure: describeReason(status.failure) }),
  };
}

function failedService({ name, spec, failure }: FailedDeployment): Service {
  const { replicas } = spec;
  return {
    service: name,
    state: 'failed',
    ...(spec.cron === undefined && replicas !== undefined && { ready: 0, replicas }),
    restarts: 0,
    ...described(spec),
    failure: describeReason(failure),
  };
}

function described(spec: FailedDeployment['spec']): Pick<Service, 'address' | 'artifact'> {
  const address = addressOf(spec, false);
  const { artifact } = spec;
  return { ...(address !== undefined && { address }), ...(artifact !== undefined && { artifact }) };
}
