/** What the tests beside this file share: a small server of real processes, and temp folders that leave nothing behind. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readWorkload, stopWorkload } from './control.ts';
import { reservePort } from './ports.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';

/**
 * What the server does beside answering with its replica, version and pid is chosen by variables and paths, and by files of its
 * folder: it does not start while there is a `hold`, and answers `/held` once there is a `go`.
 */
const server = `
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
const { HOST, PORT, VERSION, READY, HEALTH, RAILWAY_REPLICA_ID: replica } = process.env;
let ready = READY !== 'never';
while (existsSync('hold')) await sleep(20);
const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/ready') response.statusCode = ready ? 200 : 503;
  if (url.pathname === '/ready' && !ready) return response.end('{"checks":{"database":"down"}}');
  if (url.pathname === '/health' && HEALTH === 'gone') return response.writeHead(404).end();
  if (url.pathname === '/unready') ready = false;
  if (url.pathname === '/crash') process.exit(3);
  if (url.pathname === '/held') console.log('held');
  while (url.pathname === '/held' && !existsSync('go')) await sleep(20);
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('x-replica', replica);
  response.end(JSON.stringify({ replica, version: VERSION, pid: process.pid, body }));
});
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n');
  socket.pipe(socket);
});
server.listen(Number(PORT), HOST, () => console.log('listening'));
process.on('SIGTERM', () => {
  console.log('draining');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
`;

export interface Answer {
  replica: string;
  version: string;
  pid: number;
  body: string;
}

export interface Scene {
  root: string;
  /** Folder of the workload of that name. */
  folder(name: string): string;
  /** A spec of the small server, balanced on a port of its own. */
  spec(name: string, changes?: Partial<WorkloadSpec>): Promise<WorkloadSpec>;
  /** A spec of something that listens nowhere. */
  quiet(name: string, changes: Partial<WorkloadSpec>): WorkloadSpec;
}

const host = '127.0.0.1';

/** A temp folder with the server in it; at the end of the test its workloads are stopped and it is removed. */
export function setScene(t: TestContext): Scene {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-supervisor-')));
  const folders = new Set<string>();
  writeFileSync(join(root, 'server.mjs'), server);
  const folder = (name: string) => {
    folders.add(join(root, 'services', name));
    return join(root, 'services', name);
  };
  t.after(async () => {
    for (const each of folders) await stopWorkload(each);
    rmSync(root, { recursive: true });
  });
  const quiet = (name: string, changes: Partial<WorkloadSpec>): WorkloadSpec => ({
    name,
    environment: 'test',
    deploymentId: '1',
    command: [process.execPath, join(root, 'server.mjs')],
    cwd: root,
    env: { HOST: host, PATH: process.env.PATH ?? '', VERSION: '1' },
    replicas: 1,
    timeout: 60,
    restart: { policy: 'on-failure', maxRetries: 10 },
    stop: { signal: 'SIGTERM', grace: 30 },
    log: join(root, 'logs', `${name}.log`),
    ...changes,
  });
  const spec = async (name: string, changes: Partial<WorkloadSpec> = {}): Promise<WorkloadSpec> => {
    const { port, release } = await reservePort(host);
    t.after(release);
    const listen = { host, port, mode: 'balanced' } as const;
    return quiet(name, { listen, health: { path: '/health', ready: '/ready' }, ...changes });
  };
  return { root, folder, spec, quiet };
}

/** The same spec as another deployment. */
export function nextVersion(
  spec: WorkloadSpec,
  version: string,
  changes: Partial<WorkloadSpec> = {},
): WorkloadSpec {
  return { ...spec, deploymentId: version, env: { ...spec.env, VERSION: version }, ...changes };
}

export function urlOf({ listen }: WorkloadSpec, path = '/'): string {
  return `http://${listen?.host}:${listen?.port}${path}`;
}

export async function ask(spec: WorkloadSpec, path = '/'): Promise<Answer> {
  const response = await fetch(urlOf(spec, path));
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Looks until `find` gives something; the limit is for a test that would otherwise never end. */
export async function eventually<T>(
  find: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    await sleep(25);
  }
  throw new Error(`never happened: ${what}`);
}

/** Waits until the status of a workload fulfils `holds`. */
export function statusWhere(
  folder: string,
  holds: (status: WorkloadStatus) => boolean,
  what: string,
): Promise<WorkloadStatus> {
  return eventually(() => {
    const status = readWorkload(folder);
    return status && holds(status) ? status : undefined;
  }, what);
}

export function readLog(spec: WorkloadSpec): string {
  return readFileSync(spec.log, 'utf8');
}

/** Waits until its end is noticed. */
export async function killSupervisor(folder: string, { supervisor }: WorkloadStatus): Promise<void> {
  process.kill(supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined, 'its end is noticed');
}
