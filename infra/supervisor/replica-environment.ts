import { workloadMark } from './leftovers.ts';
import type { WorkloadSpec } from './spec.ts';

/** Returns the environment of a replica: that of its workload, its ports, and the mark by which its processes are found. */
export function replicaEnvironment(
  { env }: WorkloadSpec,
  folder: string,
  {
    id,
    address,
    ports,
  }: { id: string; address: { port: number } | undefined; ports: Record<string, number> },
): Record<string, string> {
  const further = Object.entries(ports).map(([variable, port]) => [variable, String(port)] as const);
  return {
    ...env,
    ...(address && { PORT: String(address.port) }),
    ...Object.fromEntries(further),
    RAILWAY_REPLICA_ID: id,
    ...workloadMark(folder),
  };
}
