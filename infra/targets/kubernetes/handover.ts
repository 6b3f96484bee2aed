import type { ChangedResource, Target } from '../shared/target.ts';
import { objects } from './types.ts';

const workloads: readonly string[] = [
  objects.deployment.token,
  objects.statefulSet.token,
  objects.argoRollout.token,
];

/** The cluster replaces the pods of a workload if their template changes, or if the workload does. */
export const kubernetesHandover: Target['handover'] = (changes) => {
  const changed = changes.filter(({ type }) => workloads.includes(type));
  const operations = changed.map(({ operation }) => operation);
  // A service that gets or loses its volume becomes another kind of workload.
  if (operations.includes('create') && operations.includes('delete')) return 'together';
  const replacing = changed.filter(replacesPods);
  if (replacing.length === 0) return undefined;
  return replacing.some(
    ({ type, operation }) => type === objects.statefulSet.token || operation === 'replace',
  )
    ? 'stopFirst'
    : 'stepwise';
};

function replacesPods({ operation, paths }: ChangedResource): boolean {
  if (operation === 'replace') return true;
  return operation === 'update' && paths.some((path) => /^spec(\.template\b|$)/.test(path));
}
