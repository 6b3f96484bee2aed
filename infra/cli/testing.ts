import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { capture } from '../../tools/command.ts';
import { environmentPaths, servicePaths } from '../supervisor/paths.ts';
import { stopWorkload } from '../supervisor/control.ts';
import type { WorkloadSpec } from '../supervisor/spec.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { copyProject } from '../targets/testing/system.ts';

/** The name of the Pulumi project in the folders of `makeClone`. */
export const project = 'their-shop';

/** Copies this clone's code to a temporary folder, so that the commands work on workloads of the test only. */
export function makeClone(t: TestContext): string {
  const { root, close } = openClone();
  t.onTestFinished(close);
  return root;
}

interface Clone {
  root: string;
  /** Writes a file of the clone, and its folder. */
  write: (path: string, text: string) => void;
  /** Runs git as Ada, and returns its output. Throws AssertionError if it fails. */
  git: (...args: string[]) => Promise<string>;
  /** Stops the workloads and removes the folder. */
  close: () => Promise<void>;
}

/** Like `makeClone`, for several tests. */
export function openClone(): Clone {
  const clone = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-cli-')));
  const close = async () => {
    for (const { folder } of listWorkloads(environmentPaths(clone, 'dev').services))
      await stopWorkload(folder);
    rmSync(clone, { recursive: true });
  };
  const write = (path: string, text: string) => {
    mkdirSync(join(clone, path, '..'), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  const git = async (...args: string[]) => {
    const author = ['-c', 'user.name=Ada', '-c', 'user.email=a@b'];
    return (await succeed(capture('git', [...author, ...args], { cwd: clone }))).stdout;
  };
  copyProject(clone, project);
  write(
    'Pulumi.dev.yaml',
    'config: { railhead:stackFile: none.yaml, railhead:target: process, railhead:ownMachine: true }\n',
  );
  return { root: clone, write, git, close };
}

/** Returns the spec of a workload in the environment `dev` of a clone, and the folder for its files. */
export function workloadOf(root: string, name: string, changes: Partial<WorkloadSpec>) {
  const environment = 'dev';
  const { workload: folder, log } = servicePaths({ root, environment, name });
  const spec: WorkloadSpec = {
    name,
    environment,
    deploymentId: '1',
    command: 'true',
    cwd: root,
    env: { PATH: process.env.PATH ?? '' },
    replicas: 1,
    timeout: 60,
    restart: { policy: 'never', maxRetries: 0 },
    stop: { signal: 'SIGTERM', grace: 5 },
    log,
    ...changes,
  };
  return { folder, spec };
}

export function spawnRailhead(clone: string, ...args: string[]) {
  return spawn(process.execPath, [join(clone, 'dist/railhead.js'), ...args], {
    cwd: clone,
    env: { PATH: process.env.PATH ?? '', KUBECONFIG: process.env.KUBECONFIG },
  });
}

export async function railhead(clone: string, ...args: string[]) {
  const child = spawnRailhead(clone, ...args);
  const [output, errors, [code]] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString();
  return { code, output: text(output as Buffer[]), errors: text(errors as Buffer[]) };
}

/** Waits for a run and returns it. Throws AssertionError with the whole run if it fails. */
export async function succeed<Run extends { code: number | null }>(running: Promise<Run>): Promise<Run> {
  const run = await running;
  assert.equal(run.code, 0, JSON.stringify(run));
  return run;
}
