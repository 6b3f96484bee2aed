import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJson, writeJson } from './files.ts';
import { isFailed } from './shape.ts';
import type { FailedDeployment, WorkloadFailure } from './spec.ts';
import { workloadFolders } from './folders.ts';

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
