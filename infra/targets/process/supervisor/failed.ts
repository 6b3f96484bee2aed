import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { isFailed } from './shape.ts';
import type { WorkloadFailure, WorkloadSpec } from './spec.ts';
import { workloadFolders } from './workloads.ts';

/** A first deployment that failed: nothing of it runs, and this is what is left to tell. */
export interface FailedDeployment {
  name: string;
  /** As far as it came to be known. */
  spec: Partial<Pick<WorkloadSpec, 'replicas' | 'listen' | 'health' | 'artifact' | 'cron'>>;
  failure: WorkloadFailure;
}

/** Without commands and variables, which nothing needs any more. */
export function recordFailed(folder: string, spec: FailedDeployment['spec'], failure: WorkloadFailure): void {
  const { replicas, listen, health, artifact, cron } = spec;
  const name = basename(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeJson(file(folder), { name, spec: { replicas, listen, health, artifact, cron }, failure });
}

export function forgetFailed(folder: string): void {
  rmSync(file(folder), { force: true });
}

/** Those below `services`, the folder of an environment's workload folders. */
export function listFailed(services: string): FailedDeployment[] {
  return workloadFolders(services).flatMap((folder) => {
    const failed = readJson(file(folder), isFailed);
    return failed ? [failed] : [];
  });
}

const file = (folder: string) => join(folder, 'failed.json');
