import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { isFailed } from './shape.ts';
import type { WorkloadFailure, WorkloadSpec } from './spec.ts';
import { workloadFolders } from './folders.ts';

/** The record of a first deployment that failed. No process of it runs; `status` reports the failure from this record. */
export interface FailedDeployment {
  name: string;
  /** The settings that were known when the deployment failed. */
  spec: Partial<Pick<WorkloadSpec, 'replicas' | 'listen' | 'health' | 'artifact' | 'cron'>>;
  failure: WorkloadFailure;
}

/** Writes the record of a failed first deployment, without its command and variables, which no reader needs. */
export function recordFailed(folder: string, spec: FailedDeployment['spec'], failure: WorkloadFailure): void {
  const { replicas, listen, health, artifact, cron } = spec;
  const name = basename(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeJson(file(folder), { name, spec: { replicas, listen, health, artifact, cron }, failure });
}

export function forgetFailed(folder: string): void {
  rmSync(file(folder), { force: true });
}

/** Returns the failed first deployments of an environment. `services`: the folder that holds its workload folders. */
export function listFailed(services: string): FailedDeployment[] {
  return workloadFolders(services).flatMap((folder) => {
    const failed = readJson(file(folder), isFailed);
    return failed ? [failed] : [];
  });
}

const file = (folder: string) => join(folder, 'failed.json');
