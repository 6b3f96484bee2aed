/** Helpers for the supervisor's tests: a small HTTP server that runs as a real process, and temporary folders. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestContext } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { readWorkload, stopWorkload } from './control.ts';
import { reservePort } from './ports.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';

/**
 * The program of the test server. It answers with its replica, version and pid. Variables, paths and files of its
 * working directory select further behaviour: it does not start while a file `hold` exists, and answers `/held` once a
 * file `go` exists. `/` takes DELAY milliseconds and has the status 500 with BROKEN. With RPC_PORT, it also answers
 * each connection there with its replica and version.
 */
const server = `
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
const { HOST, PORT, RPC_PORT, VERSION, READY, HEALTH, DELAY, BROKEN, RAILWAY_REPLICA_ID: replica } = process.env;
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
  if (url.pathname === '/' && DELAY) await sleep(Number(DELAY));
  if (url.pathname === '/' && BROKEN) response.statusCode = 500;
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('x-replica', replica);
  response.end(JSON.stringify({ replica, version: VERSION, pid: process.pid, body }));
});
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: echo\\r\\n\\r\\n');
  socket.pipe(socket);
});
if (RPC_PORT) createTcpServer((socket) => socket.end(replica + ' ' + VERSION)).listen(Number(RPC_PORT), HOST);
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
  /** Returns the folder of the workload with this name. */
  folder(name: string): string;
  /** Returns a spec that runs the test server behind a balancer on a free port. */
  spec(name: string, changes?: Partial<WorkloadSpec>): Promise<WorkloadSpec>;
  /** Returns a spec of a workload that does not listen. */
  quiet(name: string, changes: Partial<WorkloadSpec>): WorkloadSpec;
}

const host = '127.0.0.1';

/** Creates a temporary folder with the test server. At the end of the test, stops its workloads and removes the folder. */
export function setScene(t: TestContext): Scene {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-supervisor-')));
  const folders = new Set<string>();
  writeFileSync(join(root, 'server.mjs'), server);
  const folder = (name: string) => {
    folders.add(join(root, 'services', name));
    return join(root, 'services', name);
  };
  t.onTestFinished(async () => {
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
    t.onTestFinished(release);
    const listen = { host, port, mode: 'balanced' } as const;
    return quiet(name, { listen, health: { path: '/health', ready: '/ready' }, ...changes });
  };
  return { root, folder, spec, quiet };
}

/** Returns the same spec as another deployment. */
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

/** Waits until the status of a workload satisfies `holds`; `what` describes it for the error. */
export function statusWhere(
  folder: string,
  holds: (status: WorkloadStatus) => boolean,
  what: string,
): Promise<WorkloadStatus> {
  return eventually(() => {
    const status = readWorkload(folder);
    if (status === undefined || !holds(status)) throw new Error(`never happened: ${what}`);
    return status;
  });
}

/** Waits until a workload has recorded that another one has taken over one of its addresses. */
export function addressLost(folder: string, owner: string): Promise<WorkloadStatus> {
  return statusWhere(
    folder,
    ({ lostTo }) => lostTo === owner,
    `${basename(folder)} has lost an address to ${owner}`,
  );
}

export function readLog(spec: WorkloadSpec): string {
  return readFileSync(spec.log, 'utf8');
}

/** Kills the supervisor and waits until `readWorkload` reports no supervisor. */
export async function killSupervisor(folder: string, { supervisor }: WorkloadStatus): Promise<void> {
  process.kill(supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined);
}
