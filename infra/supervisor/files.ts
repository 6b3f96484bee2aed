import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeOutputs } from './output.ts';
import { isOrder, isRequest, isServing, isStatus } from './shape.ts';
import type { CanaryOrder, ServingRecord, WorkloadRequest, WorkloadStatus } from './spec.ts';
import { codeOf } from '../../tools/error-code.ts';

export function readSpec(folder: string): WorkloadRequest | undefined {
  return readJson(specFile(folder), isRequest);
}

export function writeSpec(folder: string, spec: WorkloadRequest): void {
  writeJson(specFile(folder), { ...spec, seal: sealOf(spec) });
}

/** Returns true if spec.json is as `writeSpec` wrote it. The next supervisor would run a spec edited by hand. */
export function isSpecIntact(folder: string): boolean {
  const { seal, ...spec } = readJson(specFile(folder), isSealed) ?? {};
  return seal === sealOf(spec);
}

export function removeSpec(folder: string): void {
  rmSync(specFile(folder), { force: true });
}

/** Returns the status that the last supervisor of the folder wrote. That supervisor may have ended since. */
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

export function readOrder(folder: string): CanaryOrder | undefined {
  return readJson(orderFile(folder), isOrder);
}

export function writeOrder(folder: string, order: CanaryOrder): void {
  writeJson(orderFile(folder), order);
}

/** Removes the records of the workload's processes and their output pipes. Call it when no process is left. */
export function removeStatus(folder: string): void {
  rmSync(servingFile(folder), { force: true });
  rmSync(orderFile(folder), { force: true });
  rmSync(statusFile(folder), { force: true });
  removeOutputs(folder);
}

/** Error codes of an absent file, also if a file is in place of the folder or a folder in place of the file. */
const absent = ['ENOENT', 'ENOTDIR', 'EISDIR'];
const isSealed = (value: unknown): value is { seal?: string } => typeof value === 'object' && value !== null;
const sealOf = (spec: object) => createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
const specFile = (folder: string) => join(folder, 'spec.json');
const orderFile = (folder: string) => join(folder, 'canary.json');
const servingFile = (folder: string) => join(folder, 'serving.json');
const statusFile = (folder: string) => join(folder, 'status.json');

/** Replaces a file atomically: readers see the old or the new content. Mode 0600, since it can reveal secrets. */
export function writeJson(path: string, value: unknown): void {
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
}

/** Returns the content of a JSON file; undefined if the file is absent, is not JSON, or fails the check `is`. */
export function readJson<T>(path: string, is: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return is(value) ? value : undefined;
  } catch (error) {
    // A damaged file counts as absent: the next deployment then makes a new rollout, which replaces the file.
    if (error instanceof SyntaxError || absent.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
