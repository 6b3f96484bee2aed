import { spawnSync } from 'node:child_process';

/** The part of `docker inspect` that tests read. */
export interface Inspected {
  Id: string;
  Name: string;
  Image: string;
  State: { Running: boolean; Pid: number; StartedAt: string; Health?: { Status: string } };
  Config: {
    Image: string;
    User: string;
    Env: string[];
    Cmd: string[] | null;
    Entrypoint: string[] | null;
    Labels: Record<string, string>;
    StopTimeout?: number;
    Healthcheck?: { Test: string[] };
  };
  HostConfig: {
    NetworkMode: string;
    Privileged: boolean;
    ReadonlyRootfs: boolean;
    CapAdd: string[] | null;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    PidsLimit: number | null;
    Memory: number;
    MemorySwap: number;
    NanoCpus: number;
    Binds: string[] | null;
    Devices: unknown[] | null;
    PidMode: string;
    IpcMode: string;
    UTSMode: string;
    RestartPolicy: { Name: string; MaximumRetryCount: number };
    PortBindings: Record<string, { HostIp: string; HostPort: string }[]> | null;
    Ulimits: { Name: string; Soft: number; Hard: number }[] | null;
    LogConfig: { Type: string; Config: Record<string, string> };
  };
  NetworkSettings: { Networks: Record<string, { IPAddress: string; Aliases: string[] | null }> };
}

/** Returns the reason why tests cannot use a daemon here; undefined if they can. */
export function lacksDaemon(): string | undefined {
  const { status } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'there is no Docker daemon: docker version';
}

/** Runs a docker command and returns its output. Throws with its error output if it fails. */
export function docker(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Returns the running containers with these labels, sorted by name. */
export function containersOf(labels: Record<string, string>): Inspected[] {
  const ids = lines(docker('ps', '--quiet', '--no-trunc', ...filters(labels)));
  if (ids.length === 0) return [];
  const found = JSON.parse(docker('inspect', ...ids)) as Inspected[];
  return found.toSorted((one, other) => (one.Name < other.Name ? -1 : 1));
}

/** Returns all objects with these labels, running or not, as `container api replica` or `network api`. */
export function namesOf(kind: 'container' | 'network' | 'volume', labels: Record<string, string>): string[] {
  const format = ['service', 'role'].map((name) => `{{.Label "railhead.${name}"}}`).join(' ');
  const all = kind === 'container' ? ['--all'] : [];
  const found = docker(kind, 'ls', ...all, ...filters(labels), '--format', `${kind} ${format}`);
  return lines(found).map((line) => line.trim());
}

/** Removes the objects that remain after a test's stack is destroyed: images, and volumes, which outlive a stack. */
export function removeLeftovers(labels: { stack: string; environment: string }): void {
  const containers = lines(docker('ps', '--all', '--quiet', ...filters(labels)));
  if (containers.length > 0) docker('rm', '--force', '--volumes', ...containers);
  for (const kind of ['network', 'volume'] as const) {
    const names = lines(docker(kind, 'ls', '--quiet', ...filters(labels)));
    if (names.length > 0) docker(kind, 'rm', ...names);
  }
  // By their names: an image of the same content may have the name of another stack, too.
  const images = lines(docker('images', `${labels.stack}/*`, '--format', '{{.Repository}}:{{.Tag}}'));
  if (images.length > 0) docker('rmi', '--force', ...images);
}

function filters(labels: Record<string, string>): string[] {
  return Object.entries(labels).flatMap(([name, value]) => ['--filter', `label=railhead.${name}=${value}`]);
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
