import assert from 'node:assert/strict';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { capture } from '../../tools/command.ts';
import { packageRoot } from '../common/roots.ts';
import { scratch } from '../stack/scratch.ts';
import { proposeServices } from './propose.ts';
import { readRepository } from './repository.ts';

/** What `npm init -y` writes. */
export const commonjs = '{\n  "name": "shop",\n  "version": "1.0.0",\n  "type": "commonjs"\n}\n';

/** Creates a folder with these files in which Railhead is installed: node_modules has a link to this package. */
export function makeRepository(t: TestContext, files: Record<string, string> = {}): string {
  const folder = scratch(t, { 'node_modules/': '', ...files });
  symlinkSync(packageRoot, join(folder, 'node_modules/railhead'));
  return folder;
}

/** Runs `railhead init` without a terminal. */
export async function runInit(folder: string, ...flags: string[]) {
  const args = [join(packageRoot, 'infra/cli/railhead.ts'), 'init', ...flags];
  const { code, stdout, problem } = await capture(process.execPath, args, { cwd: folder });
  return { code, output: stdout, problem };
}

/** Returns the text of every file of a folder by its path, without installed packages and git's own files. */
export function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !/^(node_modules|\.git)\//.test(path))
    .toSorted();
  return Object.fromEntries(entries.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

export async function git(folder: string, ...args: string[]): Promise<void> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const { code, problem } = await capture('git', [...identity, ...args], { cwd: folder });
  if (code !== 0) throw new Error(problem);
}

/** Returns the proposals for a repository with these files, without their reasons and without absent fields. */
export function propose(t: TestContext, files: Record<string, string>) {
  const { proposals, unfit } = proposeServices(readRepository(scratch(t, files)));
  const services = proposals.map(({ advice, hasDockerfile, ...service }) => ({
    ...(JSON.parse(JSON.stringify({ ...service, reasons: undefined })) as object),
    ...(advice.length > 0 && { advice }),
    ...(hasDockerfile && { hasDockerfile }),
  }));
  return { services, unfit };
}

/** Returns the only proposal for a repository. */
export function one(t: TestContext, files: Record<string, string>) {
  const { services, unfit } = propose(t, files);
  assert.deepEqual([services.length, unfit], [1, []]);
  return services[0];
}
