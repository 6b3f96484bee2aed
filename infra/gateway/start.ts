import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { Hosts } from '../../services/gateway/environment.ts';
import { UserError } from '../stack/problem.ts';
import { workerBindings } from './bindings.ts';
import type { GatewayConfig } from './config.ts';
import { workerdFiles } from './workerd-config.ts';

/** How long open requests may take to end once the gateway stops, in milliseconds. */
const drainTime = 5_000;

export interface Gateway {
  /** `http://host:port`. */
  url: string;
  /** Takes no new connections, lets open requests end, then ends workerd. */
  stop(): Promise<void>;
  /** Resolves to the exit code once workerd has ended; null after a signal. */
  exited: Promise<number | null>;
}

/**
 * Starts workerd and resolves once it listens; rejects with a UserError when it cannot.
 *
 * @param onLine gets every line that the Worker or workerd itself writes
 */
export async function startGateway(config: GatewayConfig, onLine: (line: string) => void): Promise<Gateway> {
  const files = workerdFiles(
    await readFile(config.script, 'utf8'),
    workerBindings({ ...config, hosts: withOwnAddress(config) }, 'socket'),
  );
  const folder = await mkdtemp(join(tmpdir(), 'railhead-gateway-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const workerd = run(config, join(folder, 'config.capnp'), await certificates(folder));
    const exited = new Promise<number | null>((resolve) => workerd.once('close', resolve));
    let complaint = '';
    const collect = (chunk: Buffer) => (complaint += chunk.toString());
    workerd.stderr.on('data', collect);
    const port = await Promise.race([listeningPort(workerd), exited.then(() => undefined)]);
    if (port === undefined) throw startProblem(config, complaint);
    workerd.stderr.off('data', collect);
    for (const stream of [workerd.stdout, workerd.stderr]) createInterface(stream).on('line', onLine);
    return { url: `http://${config.host}:${port}`, stop: () => stop(workerd, exited), exited };
  } finally {
    // workerd has read everything by the time it listens.
    await rm(folder, { recursive: true, force: true });
  }
}

/** A gateway that listens everywhere does not know how it is reached. */
function withOwnAddress({ host, hosts = { names: [], addresses: false } }: GatewayConfig): Hosts {
  return host === '0.0.0.0' ? hosts : { ...hosts, names: [...hosts.names, host] };
}

type Workerd = ChildProcessByStdio<null, Readable, Readable>;

function run(
  { workerd = installedWorkerd(), host, port }: GatewayConfig,
  configFile: string,
  env: NodeJS.ProcessEnv,
): Workerd {
  const args = ['serve', configFile, `--socket-addr=gateway=${host}:${port}`, '--control-fd=3'];
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as ('ignore' | 'pipe')[];
  return spawn(workerd, args, { env: { ...process.env, ...env }, stdio }) as Workerd;
}

/** workerd does not start on a system that trusts nobody, such as a slim image: there it gets Node's own certificates. */
async function certificates(folder: string): Promise<NodeJS.ProcessEnv> {
  if (process.env.SSL_CERT_FILE !== undefined || existsSync('/etc/ssl/certs')) return {};
  const file = join(folder, 'certificates.pem');
  await writeFile(file, rootCertificates.join('\n'));
  return { SSL_CERT_FILE: file };
}

function installedWorkerd(): string {
  return (createRequire(import.meta.url)('workerd') as { default: string }).default;
}

/** workerd tells on its control pipe which port it listens on. */
function listeningPort(workerd: Workerd): Promise<number> {
  return new Promise((resolve, reject) => {
    workerd.once('error', reject);
    createInterface(workerd.stdio[3] as Readable).on('line', (line) => {
      const message = JSON.parse(line) as { event: string; port: number };
      if (message.event === 'listen') resolve(message.port);
    });
  });
}

function startProblem({ host, port }: GatewayConfig, complaint: string): UserError {
  if (complaint.includes('Address already in use')) {
    return new UserError(
      `The gateway cannot listen on ${host}:${port}: another process holds this port. Stop it, or choose another \`gateway.port\` in the stack file.`,
    );
  }
  const reason = complaint.split('\n').find((line) => line.trim() !== '' && !line.startsWith('stack:'));
  return new UserError(`The gateway cannot start on ${host}:${port}: ${reason ?? 'workerd gave no reason'}`);
}

async function stop(workerd: Workerd, exited: Promise<number | null>): Promise<void> {
  workerd.kill('SIGTERM');
  const deadline = setTimeout(() => workerd.kill('SIGKILL'), drainTime);
  await exited;
  clearTimeout(deadline);
}
