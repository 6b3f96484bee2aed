import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import { capture } from '../../../tools/command.ts';

/** The reference implementation of a registry. */
const source = 'github.com/distribution/distribution/v3/cmd/registry@v3.1.2';

/** Returns the program of a registry, which Go builds once for this user, or the reason why there is none. */
export async function registryProgram(): Promise<{ path: string; lack?: string }> {
  const folder = join(homedir(), '.cache', 'railhead', 'tests', source.replaceAll(/[/@]/g, '-'));
  const path = join(folder, 'registry');
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder };
  const { code, problem } = await capture('go', ['install', source], { env, timeout: 5 * 60_000 });
  return { path, ...(code !== 0 && { lack: `no registry: ${problem.split('\n').at(-1)}` }) };
}

export interface Registry {
  /** Host with its port. */
  host: string;
  stop: () => Promise<void>;
}

/**
 * Starts a registry on this machine.
 *
 * @param folder an empty folder for its files
 * @param more further lines of its configuration
 */
export async function startRegistry(
  program: string,
  folder: string,
  { deletes = true, address = '127.0.0.1', more = '' } = {},
): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'registry.yaml');
  const config = `version: 0.1
log: { level: info, formatter: json, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: ${join(folder, 'data')} }, delete: { enabled: ${deletes} } }
http: { addr: '${address}:0', secret: secret }
${more}`;
  writeFileSync(file, config);
  const env = { ...process.env, OTEL_TRACES_EXPORTER: 'none' };
  const child = spawn(program, ['serve', file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
  };
  const lines: string[] = [];
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const found = /listening on [\d.]+:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the registry ended:\n${lines.join('\n')}`)));
  });
  return { host: `${address}:${port}`, stop };
}

/** Gives the tests of a file a temporary folder, and a registry in it if its program is there. */
export function registryOfFile({ path, lack }: Awaited<ReturnType<typeof registryProgram>>) {
  const made = { root: '', host: '' };
  let registry: Registry | undefined;
  beforeAll(async () => {
    made.root = await mkdtemp(join(tmpdir(), 'railhead-registry-'));
    if (lack !== undefined) return;
    registry = await startRegistry(path, join(made.root, 'registry'));
    made.host = registry.host;
  });
  afterAll(async () => {
    await registry?.stop();
    await rm(made.root, { recursive: true, force: true });
  });
  return made;
}
