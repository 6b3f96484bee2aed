import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOutputs } from './output.ts';
import type { ServingRecord, WorkloadRequest, WorkloadStatus } from './spec.ts';

export function readSpec(folder: string): WorkloadRequest | undefined {
  return readJson(specFile(folder)) as WorkloadRequest | undefined;
}

export function writeSpec(folder: string, spec: WorkloadRequest): void {
  writeJson(specFile(folder), { ...spec, seal: sealOf(spec) });
}

/** Whether spec.json is there as `writeSpec` wrote it: somebody may have edited what the next supervisor would then run. */
export function isSpecIntact(folder: string): boolean {
  const { seal, ...spec } = (readJson(specFile(folder)) ?? {}) as { seal?: string };
  return seal === sealOf(spec);
}

export function removeSpec(folder: string): void {
  rmSync(specFile(folder), { force: true });
}

/** What the last supervisor of the folder wrote, dead or alive. */
export function readStatus(folder: string): WorkloadStatus | undefined {
  return readJson(statusFile(folder)) as WorkloadStatus | undefined;
}

export function writeStatus(folder: string, status: WorkloadStatus): void {
  writeJson(statusFile(folder), status);
}

export function readServing(folder: string): ServingRecord | undefined {
  return readJson(servingFile(folder)) as ServingRecord | undefined;
}

export function writeServing(folder: string, serving: ServingRecord): void {
  writeJson(servingFile(folder), serving);
}

/** Everything that tells of processes, of which none is left. */
export function removeStatus(folder: string): void {
  rmSync(servingFile(folder), { force: true });
  rmSync(statusFile(folder), { force: true });
  removeOutputs(folder);
}

const sealOf = (spec: object) => createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
const specFile = (folder: string) => join(folder, 'spec.json');
const servingFile = (folder: string) => join(folder, 'serving.json');
const statusFile = (folder: string) => join(folder, 'status.json');

/** Readers see the old file or the new one, never half of one. Mode 0600: the files hold or reveal secrets. */
export function writeJson(path: string, value: unknown): void {
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // Both are replaced at the next write; whoever edited one by hand is told by what then happens: a new rollout.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
