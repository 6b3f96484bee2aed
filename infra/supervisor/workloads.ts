import { basename } from 'node:path';
import { readWorkload } from './control.ts';
import { readServing, readSpec } from './files.ts';
import { workloadFolders } from './folders.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';

/** A workload that has a spec and should run. */
export interface Workload {
  folder: string;
  name: string;
  spec: WorkloadSpec;
  /** Absent if the workload has no running supervisor. */
  status?: WorkloadStatus;
  /** The spec of the replicas that still serve after a failed update. */
  kept?: WorkloadSpec;
}

/** Returns the workloads of an environment, sorted by name. `services`: the folder that holds its workload folders. */
export function listWorkloads(services: string): Workload[] {
  return workloadFolders(services).flatMap((folder) => {
    const spec = readSpec(folder);
    const status = readWorkload(folder);
    const { serving, deploymentId } = status ?? {};
    const keeps = status?.state === 'failed' && serving !== undefined && serving !== deploymentId;
    const kept = keeps ? readServing(folder)?.spec : undefined;
    return spec
      ? [{ folder, name: basename(folder), spec, ...(status && { status }), ...(kept && { kept }) }]
      : [];
  });
}

/** Returns whether a workload does what its spec says. */
export function isUp({ status }: Pick<Workload, 'status'>): boolean {
  return status?.state === 'ready' || status?.state === 'scheduled';
}
