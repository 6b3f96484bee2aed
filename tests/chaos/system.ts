import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { packageRoot } from '../../infra/common/roots.ts';
import { ask } from '../../infra/gateway/testing/harness.ts';
import { readWorkload } from '../../infra/supervisor/control.ts';
import { readSpec } from '../../infra/supervisor/files.ts';
import { signalProcess } from '../../infra/common/process-identity.ts';
import type { WorkloadStatus } from '../../infra/supervisor/spec.ts';
import { listWorkloads } from '../../infra/supervisor/workloads.ts';
import { environmentPaths } from '../../infra/supervisor/paths.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { Clone } from '../live/clone.ts';
import type { Finished } from '../live/new-user.ts';
import { processesOf } from '../live/processes.ts';

/** Longest wait for a system to be healthy again, in milliseconds. */
const PATIENCE = 120_000;

/** Rota in a copy of this work tree, run with the commands in the README. */
export class System {
  /** URL of the gateway. */
  url = '';
  readonly root: string;
  readonly #clone = new Clone();
  readonly #services: string;
  #looks = 0;

  constructor() {
    this.root = this.#clone.folder;
    this.#services = environmentPaths(this.root, 'dev').services;
    symlinkSync(join(packageRoot, 'node_modules'), join(this.root, 'node_modules'));
  }

  async start(): Promise<void> {
    const { output } = await this.mustRun('npm', 'run', 'up');
    this.url = /http:\/\/127\.[\d.]+:8080/.exec(output)?.[0] ?? '';
  }

  run(...command: string[]): Promise<Finished> {
    return this.#clone.run(...command);
  }

  /** Runs a command. Throws if it fails. */
  async mustRun(...command: string[]): Promise<Finished> {
    const finished = await this.run(...command);
    if (finished.code !== 0) throw new Error(`${command.join(' ')} ended with ${finished.code}`);
    return finished;
  }

  /** Returns the status of the service. Throws if it has no supervisor. */
  status(service: string): WorkloadStatus {
    const status = readWorkload(this.folder(service));
    if (status === undefined) throw new Error(`${service} has no supervisor`);
    return status;
  }

  /** Returns the folder with the spec.json and status.json of the service. */
  folder(service: string): string {
    return join(this.#services, service);
  }

  /** Returns the pids of the supervisor and the replicas of every service, without the runs of scheduled services. */
  pids(): Record<string, number[]> {
    const workloads = listWorkloads(this.#services);
    return Object.fromEntries(
      workloads.map(({ name, status }) => [
        name,
        status ? [status.supervisor.pid, ...(status.cron ? [] : replicaPids(status))] : [],
      ]),
    );
  }

  /** Resolves once all services are ready and api and web respond through the gateway. */
  async healthy(): Promise<void> {
    await eventually(async () => {
      const wrong = listWorkloads(this.#services).find(
        ({ status }) => status?.state !== 'ready' && status?.state !== 'scheduled',
      );
      if (wrong) throw new Error(`${wrong.name} is ${wrong.status?.state ?? 'without a supervisor'}`);
      for (const path of ['/', '/api/v1/shifts?pageSize=1']) {
        const { status } = await ask(this.url, path, { from: this.#nextClient() });
        if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
      }
      return true;
    }, PATIENCE);
  }

  /** Waits until all replicas are ready, and returns their pids. */
  ready(service: string): Promise<number[]> {
    return eventually(() => {
      const { state, replicas } = this.status(service);
      return state === 'ready' && replicas.map(({ pid }) => pid);
    }, PATIENCE);
  }

  /** Kills a process of the service with kill -9. Resolves once the status of the service shows it. */
  async kill(service: string, pid: number): Promise<void> {
    const before = JSON.stringify(this.pids()[service]);
    process.kill(pid, 'SIGKILL');
    await eventually(() => JSON.stringify(this.pids()[service]) !== before, PATIENCE);
  }

  /** Queries the database with the read-only role. */
  async sql<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.variable('worker', 'DATABASE_URL') });
    client.on('error', () => {}); // The query rejects with the error.
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Returns the value of a service's environment variable. */
  variable(service: string, name: string): string {
    return readSpec(this.folder(service))?.env[name] ?? '';
  }

  /** Changes a file of the copy. Returns a function that restores the file. */
  edit(path: string, change: (text: string) => string): () => void {
    const file = join(this.root, path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${path} is not as expected`);
    writeFileSync(file, after);
    return () => writeFileSync(file, before);
  }

  /** Returns a new client address for each request, so that none reaches the gateway's limit. */
  #nextClient(): string {
    const client = this.#looks++;
    return `127.2.${Math.floor(client / 250) % 250}.${1 + (client % 250)}`;
  }

  async close(): Promise<void> {
    await this.run('npm', 'run', 'down', '--', '--data', '--yes');
    for (const { pid } of processesOf(this.root)) signalProcess(pid, 'SIGKILL');
    this.#clone.remove();
  }
}

/** Returns the pids without those of the previous version, which may still be draining. */
function replicaPids({ replicas }: WorkloadStatus): number[] {
  return replicas
    .filter(({ state }) => state !== 'draining')
    .map(({ pid }) => pid)
    .toSorted();
}
