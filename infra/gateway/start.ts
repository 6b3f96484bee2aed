import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { Hosts } from './worker/environment.ts';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { workerBindings } from './bindings.ts';
import type { GatewayConfig } from './config.ts';
import { clientHeader } from './worker/client.ts';
import { type Front, startFront } from './front/front.ts';
import { connectionLimits } from './front/limits.ts';
import { workerdFiles } from './workerd-config.ts';

/** Time limit for open requests when the gateway stops, in milliseconds. */
const drainTime = 5_000;

export interface Gateway {
  /** `http://host:port`. */
  url: string;
  /** Stops accepting connections, waits for open requests, then ends workerd. */
  stop(): Promise<void>;
  /** Resolves to workerd's exit code once workerd has ended; null after a signal. */
  exited: Promise<number | null>;
}

/**
 * Starts the gateway and resolves once it listens. Throws UserError if it cannot start.
 *
 * @param onLine called with every line that the Worker or workerd writes
 */
export async function startGateway(config: GatewayConfig, onLine: (line: string) => void): Promise<Gateway> {
  const files = workerdFiles(
    await readFile(config.script, 'utf8'),
    workerBindings({ ...config, hosts: withOwnAddress(config) }, clientHeader),
  );
  const folder = await mkdtemp(join(socketRoot(), 'railhead-gateway-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const socket = join(folder, 'socket');
    const workerd = await startWorkerd(config, files, socket, onLine);
    const front = await startFront(config, socket, connectionLimits(config.forwarded)).catch(
      (error: unknown) => {
        workerd.kill('SIGKILL');
        throw listenProblem(config, error);
      },
    );
    const exited = once(workerd, 'close').then(async ([code]) => {
      front.destroy();
      await remove();
      return code as number | null;
    });
    return {
      url: `http://${config.host}:${front.port}`,
      stop: () => stop(front, workerd, exited),
      exited,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Returns the folder for temporary files; `/tmp` if the path of a Unix socket in it would exceed the limit of the system. */
function socketRoot(): string {
  const limit = process.platform === 'linux' ? 107 : 103;
  // mkdtemp adds six characters to the name of the folder.
  const path = join(tmpdir(), 'railhead-gateway-123456', 'socket');
  return Buffer.byteLength(path) > limit ? '/tmp' : tmpdir();
}

/** Adds the listen address to the accepted hosts, unless it is 0.0.0.0, which no client uses. */
function withOwnAddress({ host, hosts = { names: [], addresses: false } }: GatewayConfig): Hosts {
  return host === '0.0.0.0' ? hosts : { ...hosts, names: [...hosts.names, host] };
}

type Workerd = ChildProcessByStdio<null, Readable, Readable>;

/** Starts workerd and resolves once it listens on the Unix socket, which only this user can access. */
async function startWorkerd(
  { workerd: program = installedWorkerd() }: GatewayConfig,
  files: Record<string, string>,
  socket: string,
  onLine: (line: string) => void,
): Promise<Workerd> {
  const folder = await mkdtemp(join(tmpdir(), 'railhead-workerd-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const address = `--socket-addr=gateway=unix:${socket}`;
    const workerd = spawn(program, ['serve', join(folder, 'config.capnp'), address, '--control-fd=3'], {
      env: { ...process.env, ...(await certificates(folder)) },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'] as ('ignore' | 'pipe')[],
    }) as Workerd;
    const ended = once(workerd, 'close').then(() => false);
    let complaint = '';
    const collect = (chunk: Buffer) => (complaint += chunk.toString());
    workerd.stderr.on('data', collect);
    if (!(await Promise.race([listens(workerd), ended]))) throw startProblem(complaint);
    workerd.stderr.off('data', collect);
    for (const stream of [workerd.stdout, workerd.stderr]) createInterface(stream).on('line', onLine);
    return workerd;
  } finally {
    // By the time workerd listens, it has read all files, which include the signing key.
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Returns the environment for workerd's CA certificates. workerd does not start on a system without any, for example
 * in a slim image; there it gets Node's certificates.
 */
async function certificates(folder: string): Promise<NodeJS.ProcessEnv> {
  if (process.env.SSL_CERT_FILE !== undefined || existsSync('/etc/ssl/certs')) return {};
  const file = join(folder, 'certificates.pem');
  await writeFile(file, rootCertificates.join('\n'));
  return { SSL_CERT_FILE: file };
}

function installedWorkerd(): string {
  return (createRequire(import.meta.url)('workerd') as { default: string }).default;
}

/** Resolves once workerd reports on its control pipe that it listens. */
async function listens(workerd: Workerd): Promise<boolean> {
  await once(createInterface(workerd.stdio[3] as Readable), 'line');
  return true;
}

function listenProblem({ host: own, port }: GatewayConfig, error: unknown): UserError {
  const host = error instanceof Error && 'address' in error ? String(error.address) : own;
  if (codeOf(error) === 'EADDRINUSE') {
    return new UserError(
      `The gateway cannot listen on ${host}:${port}: another process uses this port. Stop that process, or choose another \`gateway.port\` in the stack file.`,
    );
  }
  return new UserError(`The gateway cannot listen on ${host}:${port}: ${String(error)}`);
}

function startProblem(complaint: string): UserError {
  const reason = complaint.split('\n').find((line) => line.trim() !== '' && !line.startsWith('stack:'));
  return new UserError(`The gateway cannot start: ${reason ?? 'workerd gave no reason'}`);
}

async function stop(front: Front, workerd: Workerd, exited: Promise<number | null>): Promise<void> {
  const deadline = setTimeout(() => workerd.kill('SIGKILL'), drainTime);
  await Promise.race([front.drain(), exited]);
  workerd.kill('SIGTERM');
  await exited;
  clearTimeout(deadline);
}
