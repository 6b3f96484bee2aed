import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOutputs } from './output.ts';
import { isRequest, isServing, isStatus } from './shape.ts';
import type { ServingRecord, WorkloadRequest, WorkloadStatus } from './spec.ts';

export function readSpec(folder: string): WorkloadRequest | undefined {
  return readJson(specFile(folder), isRequest);
}

export function writeSpec(folder: string, spec: WorkloadRequest): void {
  writeJson(specFile(folder), { ...spec, seal: sealOf(spec) });
}

/** Whether spec.json is there as `writeSpec` wrote it: somebody may have edited what the next supervisor would then run. */
export function isSpecIntact(folder: string): boolean {
  const { seal, ...spec } = readJson(specFile(folder), isSealed) ?? {};
  return seal === sealOf(spec);
}

export function removeSpec(folder: string): void {
  rmSync(specFile(folder), { force: true });
}

/** What the last supervisor of the folder wrote, dead or alive. */
export function readStatus(folder: string): WorkloadStatus | undefined {
  return readJson(statusFile(folder), isStatus);
}

export function writeStatus(folder: string, status: WorkloadStatus): void {
  writeJson(statusFile(folder), status);
}

export function readServing(folder: string): ServingRecord | undefined {
  return readJson(servingFile(folder), isServing);
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

/** A file where the folder of a workload should be, or a folder where the file should be, is none of ours. */
const absent = ['ENOENT', 'ENOTDIR', 'EISDIR'];
const isSealed = (value: unknown): value is { seal?: string } => typeof value === 'object' && value !== null;
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

/** Nothing where the file is absent, or does not hold what `is` asks for. */
export function readJson<T>(path: string, is: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return is(value) ? value : undefined;
  } catch (error) {
    // All are replaced at the next write; whoever edited one by hand is told by what then happens: a new rollout.
    if (error instanceof SyntaxError || absent.includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
