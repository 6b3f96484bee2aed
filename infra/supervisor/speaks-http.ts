import type { WorkloadSpec } from './spec.ts';

/** Returns whether a workload has health checks by HTTP: its port then balances requests, not connections. */
export function speaksHttpOf({ health }: Pick<WorkloadSpec, 'health'>): boolean {
  return typeof health === 'object' && 'path' in health;
}
