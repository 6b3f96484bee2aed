/**
 * Starts Rota without Railhead, as a user would do with a script: runs the commands from the spec files of a deployed
 * Rota, ordered by health, on new data. Prints the milliseconds until each part is ready, as JSON.
 *
 *   node bench/by-hand.ts <JSON file with the specs by name; the services must be down, and their data still exist>
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCredentials } from '../infra/data/local/credentials.ts';
import { ensureCluster, type Role } from '../infra/data/postgres/local/cluster.ts';
import { ensureRoles } from '../infra/data/postgres/local/roles.ts';
import { waitForRedis } from '../infra/data/redis/local/ready.ts';
import type { WorkloadSpec } from '../infra/supervisor/spec.ts';
import { sharedParts } from './breakdown/up.ts';

const [file = ''] = process.argv.slice(2);
const specs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, WorkloadSpec>;
const children: ChildProcess[] = [];
let nextPort = 21_000;
const signal = AbortSignal.timeout(60_000);
/** URL of the database, first with the api's role, then with the owner's. */
const url = new URL(specOf('api').env['DATABASE_URL'] ?? '');

try {
  const start = performance.now();
  const ends: Record<string, number> = {};
  const reach = (part: string) => (ends[part] = performance.now() - start);
  await Promise.all([startPostgres(), startRedis()]);
  reach(sharedParts.data);
  await migrate();
  reach(sharedParts.preDeploy);
  await startService('api');
  reach(sharedParts.api);
  await Promise.all([startService('worker'), startService('web')]);
  reach(sharedParts.services);
  await startService('gateway');
  reach(sharedParts.gateway);
  console.log(JSON.stringify(ends));
} finally {
  const ended = children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, 'exit'));
  // The whole process group: workerd is a child of the gateway's process.
  for (const { pid } of children.toReversed()) if (pid !== undefined) endGroup(pid);
  await Promise.all(ended);
}

async function startPostgres(): Promise<void> {
  const spec = specOf('postgres');
  const [executable = '', , data = ''] = spec.command as string[];
  const folder = dirname(data);
  const known = readCredentials<Role>(folder);
  rmSync(folder, { recursive: true });
  const bin = dirname(executable);
  const options = { folder, bin, version: '17', user: spec.user, progress: () => {} };
  const { credentials } = await ensureCluster(options);
  run(spec);
  // The specs of the services contain the passwords of the previous system.
  const passwords = { ...known, superuser: credentials.superuser };
  await ensureRoles({
    address: addressOf(spec),
    credentials: passwords,
    database: url.pathname.slice(1),
    extensions: [],
    signal,
  });
  url.username = 'owner';
  url.password = known.owner;
}

async function startRedis(): Promise<void> {
  const spec = specOf('redis');
  rmSync(join(spec.cwd, 'appendonlydir'), { recursive: true, force: true });
  run(spec);
  await waitForRedis(addressOf(spec), readCredentials<'default'>(spec.cwd).default);
}

async function migrate(): Promise<void> {
  const api = specOf('api');
  const child = run({ ...api, command: 'node migrate.js' }, { DATABASE_URL: url.href });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node migrate.js ended with ${code}`);
}

/** Starts the replicas without a balancer: the first one listens on the service's own port. */
async function startService(name: string): Promise<void> {
  const spec = specOf(name);
  const host = spec.env['HOST'] ?? addressOf(spec).host;
  const replicas = Array.from({ length: spec.replicas }, (_, index) => {
    const port = index === 0 ? (spec.listen?.port ?? nextPort++) : nextPort++;
    run(spec, { PORT: String(port), RAILWAY_REPLICA_ID: `${name}-${index + 1}` });
    return port;
  });
  const path = typeof spec.health === 'object' && 'path' in spec.health ? spec.health.ready : '/';
  await Promise.all(replicas.map((port) => ready(`http://${host}:${port}${path}`)));
}

async function ready(address: string): Promise<void> {
  const isReady = async () => (await fetch(address, { signal })).ok;
  // The process may not listen yet.
  while (!(await isReady().catch(() => false))) await sleep(20, undefined, { signal });
}

function run({ command, cwd, env, user }: WorkloadSpec, more: Record<string, string> = {}): ChildProcess {
  const [executable = '', ...args] =
    typeof command === 'string' ? ['/bin/sh', '-c', `exec ${command}`] : command;
  const options = { cwd, env: { ...env, ...more }, stdio: 'ignore', detached: true, ...user } as const;
  const child = spawn(executable, args, options);
  children.push(child);
  return child;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The process has already ended, as the migration does.
  }
}

function specOf(name: string): WorkloadSpec {
  const spec = specs[name];
  if (spec === undefined) throw new Error(`${file} has no spec of ${name}`);
  return spec;
}

function addressOf({ name, listen }: WorkloadSpec): { host: string; port: number } {
  if (listen === undefined) throw new Error(`${name} has no listen address`);
  return listen;
}
