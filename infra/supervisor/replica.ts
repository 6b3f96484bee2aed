import { setTimeout as sleep } from 'node:timers/promises';
import { adoptChild, describeEnding, startChild, unknownEnding, type Child, type Ending } from './child.ts';
import type { SupervisorContext } from './context.ts';
import { probesOf, watchHealth } from './health.ts';
import { probeCommand } from './probe-command.ts';
import { isAlive } from '../common/process-identity.ts';
import { killRemains } from './leftovers.ts';
import { refused } from '../balancer/probe.ts';
import { listenHint } from './listen-hint.ts';
import { findAddress, keepAddress, type ReplicaAddress } from './replica-address.ts';
import { replicaEnvironment } from './replica-environment.ts';
import { RestartPolicy } from './restart.ts';
import type { ReplicaStatus, WorkloadSpec } from './spec.ts';

/** Number of output lines kept for a failure message. */
const TAIL = 20;
/** Seconds that a process gets to stop after its liveness check has failed. */
const DEAD_GRACE = 5;

/** One replica of a workload. It runs one process at a time and restarts it by the restart policy. */
export class Replica {
  readonly id: string;
  readonly spec: WorkloadSpec;
  state: ReplicaStatus['state'] = 'starting';
  /** The last check that failed, while the replica is not ready. */
  check: string | undefined;
  /** Why the replica has ended for good. */
  failure: string | undefined;
  /** How the last run ended. Removed when the replica has settled again. */
  ended: string | undefined;
  /** How many processes in a row have ended before they were ready. */
  failedStarts = 0;
  /** True if the replica has been ready for `minReady` seconds. */
  settled = false;
  address: { host: string; port: number } | undefined;
  /** Its further ports at the same host, by the variable that has them. */
  ports: Record<string, number> = {};
  readonly tail: string[] = [];
  readonly #context: SupervisorContext;
  readonly #policy: RestartPolicy;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #child: Child | undefined;
  #startedAt = new Date();
  #readyAt: number | undefined;
  #settling: NodeJS.Timeout | undefined;
  #restarts = 0;

  constructor(id: string, spec: WorkloadSpec, context: SupervisorContext) {
    this.id = id;
    this.spec = spec;
    this.#context = context;
    this.#policy = new RestartPolicy(spec.restart);
  }

  /** Starts the replica, or adopts its process if that still runs. `before`: the record of an earlier supervisor. */
  start(before?: ReplicaStatus): void {
    if (before) this.#restore(before);
    if (this.state === 'exited') return;
    this.#running ??= this.#keepAlive(before).catch((error: unknown) => {
      this.failure = `${this.id} could not be run: ${String(error)}`;
      this.#become('exited');
    });
  }

  /** Sends the stop signal, then SIGKILL after the grace period. Resolves when no process of the replica is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#child) {
      this.#become('draining');
      await this.#child.stop(this.spec.stop.grace);
    }
    await this.#running;
    this.#become('exited');
  }

  /** Returns why the replica is not ready, as far as that is known. */
  trouble(): string {
    if (this.failure !== undefined) return this.failure;
    if (this.ended === undefined) return `${this.id} is not ready`;
    return `${this.id} ${this.ended}, restarts: ${this.#restarts}`;
  }

  /** Returns a hint for a program that does not accept connections at its address. */
  hint(): string | undefined {
    const answers = this.check !== undefined && !this.check.endsWith(refused);
    if (this.address === undefined || answers) return undefined;
    return listenHint(this.address, this.#child?.identity?.pid, this.tail);
  }

  status(): ReplicaStatus {
    return {
      id: this.id,
      ...(this.#child?.identity ?? { pid: 0, startTime: '' }),
      ...(this.address && { port: this.address.port }),
      ...(Object.keys(this.ports).length > 0 && { ports: this.ports }),
      state: this.state,
      restarts: this.#restarts,
      retries: this.#policy.retries,
      startedAt: this.#startedAt.toISOString(),
      ...(this.#readyAt !== undefined && { readyAt: new Date(this.#readyAt).toISOString() }),
      ...(this.check !== undefined && { check: this.check }),
    };
  }

  async #keepAlive(before: ReplicaStatus | undefined): Promise<void> {
    // The earlier supervisor has already counted that end against the restart policy.
    if (before?.state === 'backoff') this.#restarts++;
    for (let first = before?.state === 'backoff' ? undefined : before; ; first = undefined) {
      const ended = await (first ? this.#goOn(first) : this.#runOnce());
      if (this.#stopping.signal.aborted) return;
      const readyFor = this.#readyAt === undefined ? 0 : Date.now() - this.#readyAt;
      this.failedStarts = this.#readyAt === undefined ? this.failedStarts + 1 : 0;
      const delay = this.#policy.delay({ clean: ended.exitCode === 0, readyFor });
      this.ended = describeEnding(ended) + (this.tail.length === 0 ? ' and printed nothing' : '');
      const reason = `${this.id} ${this.ended}`;
      if (delay === undefined) {
        this.failure = `${reason}; restart policy ${this.spec.restart.policy}, restarts: ${this.#restarts}`;
        this.#say(this.failure);
        return this.#become('exited');
      }
      this.#say(`${reason}, starts again in ${(delay / 1000).toFixed(1)} s`);
      this.#become('backoff');
      // Only stop() aborts the sleep; the loop then ends here.
      await sleep(delay, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.#stopping.signal.aborted) return;
      this.#restarts++;
    }
  }

  async #runOnce(): Promise<Ending> {
    const found = await findAddress(this.spec);
    if (this.#stopping.signal.aborted) {
      found?.release();
      return { exitCode: 0, signal: null };
    }
    this.#move(found);
    this.#startedAt = new Date();
    this.#readyAt = undefined;
    this.state = 'starting';
    const child = startChild(this.spec, this.#environment(), this.#output());
    return this.#attend(child, found);
  }

  #move(where: ReplicaAddress | undefined): void {
    this.address = where?.address;
    this.ports = where?.ports ?? {};
  }

  #restore({ state, restarts, retries, startedAt, readyAt }: ReplicaStatus): void {
    this.state = state;
    this.settled = state === 'ready';
    this.#restarts = restarts;
    this.#policy.retries = retries;
    this.#startedAt = new Date(startedAt);
    this.#readyAt = readyAt === undefined ? undefined : Date.parse(readyAt);
  }

  async #goOn(before: ReplicaStatus): Promise<Ending> {
    const { folder } = this.#context;
    if (!isAlive(before)) {
      killRemains(folder, this.id);
      return unknownEnding;
    }
    const kept = keepAddress(this.spec, before);
    this.#move(kept);
    return this.#attend(adoptChild(before, this.spec, this.#output()), kept);
  }

  async #attend(child: Child, where: ReplicaAddress | undefined): Promise<Ending> {
    this.#child = child;
    this.#become(this.state);
    const watching = new AbortController();
    const watch = this.#watch(child, AbortSignal.any([watching.signal, this.#stopping.signal]));
    const ended = await child.ended;
    watching.abort();
    await watch;
    this.#child = undefined;
    where?.release();
    return ended;
  }

  async #watch(child: Child, signal: AbortSignal): Promise<void> {
    const events = {
      ready: () => {
        this.#readyAt ??= Date.now();
        this.#become('ready', undefined);
      },
      unready: (check: string) => this.#become(this.#readyAt === undefined ? 'starting' : 'unready', check),
      dead: (check: string) => {
        this.#say(`${this.id} no longer answers and is replaced: ${check}`);
        this.#become('unready', check);
        void child.stop(Math.min(DEAD_GRACE, this.spec.stop.grace));
      },
    };
    const wasReady = this.state === 'ready' ? 'ready' : 'unready';
    const before = this.#readyAt === undefined ? undefined : wasReady;
    const probes = probesOf(this.spec.health, this.address, (command) => {
      return (timeout) => probeCommand(command, this.spec, this.#environment(), timeout);
    });
    try {
      await watchHealth(probes, events, signal, before);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #environment(): Record<string, string> {
    return replicaEnvironment(this.spec, this.#context.folder, this);
  }

  #output() {
    const { folder, log } = this.#context;
    const takeLines = (lines: string[]) => {
      log.write(this.id, lines);
      this.tail.push(...lines.slice(-TAIL));
      this.tail.splice(0, this.tail.length - TAIL);
    };
    return { folder, id: this.id, takeLines };
  }

  #say(line: string): void {
    this.#context.log.write('supervisor', [line]);
  }

  #become(state: ReplicaStatus['state'], check = this.check): void {
    this.check = state === 'ready' ? undefined : check;
    if (state !== 'ready') this.#unsettle();
    else if (this.state !== 'ready') this.#settle();
    this.state = state;
    this.#context.changes.emit();
  }

  #settle(): void {
    const done = () => {
      this.settled = true;
      this.ended = undefined;
      this.#context.changes.emit();
    };
    const { minReady = 0 } = this.spec;
    if (minReady === 0) done();
    else this.#settling = setTimeout(done, minReady * 1000);
  }

  #unsettle(): void {
    clearTimeout(this.#settling);
    this.settled = false;
  }
}
