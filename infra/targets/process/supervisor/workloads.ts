import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readWorkload } from './control.ts';
import { readServing, readSpec } from './files.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';

/** A workload that should run. */
export interface Workload {
  folder: string;
  name: string;
  spec: WorkloadSpec;
  /** Absent when no supervisor looks after it. */
  status?: WorkloadStatus;
  /** What still serves after an update that failed. */
  kept?: WorkloadSpec;
}

/** The workloads below `services`, the folder of an environment's workload folders, sorted by name. */
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

/** Every folder below `services`, whether something should run there or not, sorted. */
export function workloadFolders(services: string): string[] {
  try {
    return readdirSync(services)
      .toSorted()
      .map((name) => join(services, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // Nothing was ever deployed.
    throw error;
  }
}
