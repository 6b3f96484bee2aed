import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { dataFolder, dataUser, scriptsFolder, secretsFolder, type DataContainer } from '../container.ts';
import { fillPasswords } from '../text.ts';

export function docker(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  return { code: status, stdout: (stdout ?? '').trim(), stderr: (stderr ?? '').trim() };
}

/** Returns the first of these images that exists locally. `lack`: the reason if there is none. */
export function localImage(...references: string[]): { image: string; lack: string | undefined } {
  const image = references.find((reference) => docker('image', 'inspect', reference).code === 0);
  if (image !== undefined) return { image, lack: undefined };
  const reason = docker('info').code === 0 ? `no image ${references.join(' or ')}` : 'no Docker daemon';
  return { image: '', lack: reason };
}

export interface TestServer {
  /** Starts the container and replaces a running one; the data stay. Returns its port on loopback. */
  start(container: DataContainer, passwords: Record<string, string>): number;
  /** Returns true if a command in the container exits with 0. */
  probe(command: string[]): boolean;
  /** Stops the container like a target does. Returns its log and its exit code. */
  stop(): { log: string; code: number };
  kill(): void;
}

/** Runs a data server in a Docker container with the restrictions that the targets set. */
export function testServer(t: TestContext, image: string): TestServer {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-container-'));
  const volume = docker('volume', 'create').stdout;
  let id = '';
  const remove = () => id === '' || docker('rm', '--force', '--volumes', id);
  t.onTestFinished(() => {
    remove();
    docker('volume', 'rm', volume);
    rmSync(folder, { recursive: true });
  });
  docker(
    'run',
    '--rm',
    '-v',
    `${volume}:/v`,
    '--entrypoint',
    'chown',
    image,
    `${dataUser}:${dataUser}`,
    '/v',
  );

  const start = (container: DataContainer, passwords: Record<string, string>) => {
    remove();
    chmodSync(folder, 0o755);
    const scripts = writeFiles(join(folder, 'scripts'), container.scripts);
    const files = Object.entries(container.secrets).map(([name, text]) => [
      name,
      fillPasswords(text, passwords),
    ]);
    const secrets = writeFiles(join(folder, 'secrets'), Object.fromEntries(files) as Record<string, string>);
    const [command = '', ...args] = container.command;
    const started = docker(
      ...['run', '--detach', '--read-only', '--cap-drop', 'ALL', '--user', String(dataUser)],
      ...['--security-opt', 'no-new-privileges', '--publish', `127.0.0.1::${container.port}`],
      ...['--volume', `${volume}:${dataFolder}`],
      ...['--volume', `${scripts}:${scriptsFolder}:ro`, '--volume', `${secrets}:${secretsFolder}:ro`],
      ...container.scratch.flatMap((path) => ['--tmpfs', `${path}:uid=${dataUser},mode=0700`]),
      ...Object.entries(container.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...['--entrypoint', command, image, ...args],
    );
    if (started.code !== 0) throw new Error(started.stderr);
    id = started.stdout;
    return Number(docker('port', id, String(container.port)).stdout.split(':').at(-1));
  };
  return {
    start,
    probe: (command) => docker('exec', id, ...command).code === 0,
    stop: () => {
      docker('stop', '--time', '30', id);
      const { stdout, stderr } = docker('logs', id);
      return { log: stdout + stderr, code: Number(docker('wait', id).stdout) };
    },
    kill: () => docker('kill', id),
  };
}

function writeFiles(folder: string, files: Record<string, string>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
