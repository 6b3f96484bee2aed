import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readPackages } from '../infra/artifacts/packages.ts';
import { planBundle } from '../infra/artifacts/bundle.ts';
import { packageRoot } from '../infra/common/roots.ts';
import { eventually } from '../tools/testing/eventually.ts';
import { freePort } from '../tests/servers.ts';

const host = '127.0.0.1';

export interface Program {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** Bundles and runs a program as the process target does. Resolves once `ready` responds with 2xx. */
export async function startProgram(
  file: string,
  variables: Record<string, string>,
  ready: string,
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  const entry = await bundle(file, folder);
  const port = await freePort();
  const { PATH } = process.env;
  const child = spawn(process.execPath, [entry], {
    cwd: folder,
    env: { PATH, NODE_ENV: 'production', HOST: host, PORT: String(port), ...variables },
    // The program writes its logs to a pipe, as under a supervisor.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const url = `http://${host}:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    rmSync(folder, { recursive: true });
  };
  try {
    await eventually(async () => (await fetch(`${url}${ready}`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, stop };
}

/** Bundles the file into `folder` and returns the path of the bundle. */
async function bundle(file: string, folder: string): Promise<string> {
  const [, source = '', name = ''] =
    /^(.*)\/([^/]+)\.ts$/.exec(relative(packageRoot, join(packageRoot, file))) ?? [];
  const packages = await readPackages(packageRoot);
  const plan = planBundle(
    { service: name, root: packageRoot, folder: join(packageRoot, source), migrations: [] },
    [`${name}.ts`],
    packages,
  );
  const { build } = await plan.prepare(join(folder, 'inputs.json'));
  await build(folder);
  return join(folder, `${name}.js`);
}
