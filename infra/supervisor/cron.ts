import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import { adoptChild, describeEnding, startChild } from './child.ts';
import type { Child, Ending } from './child.ts';
import { writeServing } from './files.ts';
import { workloadMark } from './leftovers.ts';
import { nextTick } from './next-tick.ts';
import type { SupervisorContext } from './context.ts';
import { backoff } from './restart.ts';
import type { ReplicaStatus, WorkloadSpec, WorkloadStatus } from './spec.ts';

/** The exit code that shells use for a command that could not be started. */
const NOT_STARTED = 127;

type CronStatus = NonNullable<WorkloadStatus['cron']>;

/** A run with its retries. */
interface Run {
  spec: WorkloadSpec;
  startedAt: Date;
  /** Undefined during the pause before a retry. */
  child?: Child | undefined;
  ended: Promise<void>;
}

/** Runs the command of a cron workload at the ticks of its schedule. Runs never overlap. */
export class Schedule {
  readonly #context: SupervisorContext;
  #spec: WorkloadSpec;
  #schedule: Cron;
  #job: Cron | undefined;
  #running: Run | undefined;
  readonly #stopping = new AbortController();
  #last: CronStatus['last'];

  constructor(spec: WorkloadSpec, last: CronStatus['last'], context: SupervisorContext) {
    this.#context = context;
    this.#spec = spec;
    this.#last = last;
    this.#schedule = scheduleOf(spec);
    this.#waitForTick();
  }

  /** Uses `spec` from the next tick on. A run that is under way continues with the previous spec. */
  update(spec: WorkloadSpec): void {
    this.#spec = spec;
    this.#schedule = scheduleOf(spec);
    this.#waitForTick();
  }

  /** Starts the command now; if the previous run has not ended, logs that the tick is skipped. */
  tick(): void {
    const { log, folder } = this.#context;
    if (this.#running) {
      return log.write('supervisor', [
        `tick skipped: the run of ${this.#running.startedAt.toISOString()} has not ended`,
      ]);
    }
    const spec = this.#spec;
    writeServing(folder, { spec, replicas: [this.#id()] });
    const startedAt = new Date();
    this.#attend(spec, this.#start(spec), startedAt);
  }

  /** Takes over a run that an earlier supervisor has started. */
  adopt(spec: WorkloadSpec, run: ReplicaStatus): void {
    this.#attend(spec, adoptChild(run, spec, this.#output()), new Date(run.startedAt));
  }

  async stop(): Promise<void> {
    this.#job?.stop();
    this.#stopping.abort();
    await this.#running?.child?.stop(this.#spec.stop.grace);
    await this.#running?.ended;
  }

  status(): CronStatus {
    return {
      next: nextTick(this.#schedule, new Date(), this.#spec.timezone)?.toISOString() ?? '',
      ...(this.#last && { last: this.#last }),
      running: this.#running !== undefined,
    };
  }

  replicas(): ReplicaStatus[] {
    const { child: { identity } = {}, startedAt } = this.#running ?? {};
    if (!identity || !startedAt) return [];
    const started = { startedAt: startedAt.toISOString(), readyAt: startedAt.toISOString() };
    return [{ id: this.#id(), ...identity, state: 'ready', restarts: 0, retries: 0, ...started }];
  }

  #id(): string {
    return `${this.#spec.name}-1`;
  }

  #output() {
    const id = this.#id();
    const takeLines = (lines: string[]) => this.#context.log.write(id, lines);
    return { folder: this.#context.folder, id, takeLines };
  }

  #start(spec: WorkloadSpec): Child {
    const env = { ...spec.env, RAILWAY_REPLICA_ID: this.#id(), ...workloadMark(this.#context.folder) };
    return startChild(spec, env, this.#output());
  }

  #attend(spec: WorkloadSpec, child: Child, startedAt: Date): void {
    const run: Run = { spec, child, startedAt, ended: Promise.resolve() };
    this.#running = run;
    run.ended = this.#record(run, child);
    this.#context.changes.emit();
  }

  #waitForTick(from = new Date()): void {
    this.#job?.stop();
    const next = nextTick(this.#schedule, from, this.#spec.timezone);
    if (next === undefined) return;
    // croner waits longer than a timer of Node can, and notices that the clock was set.
    this.#job = new Cron(next, () => {
      this.tick();
      // A timer may be early by a little, and would find the same time once more.
      this.#waitForTick(new Date(Math.max(Date.now(), next.getTime())));
    });
  }

  async #record(run: Run, first: Child): Promise<void> {
    const { startedAt } = run;
    const exitCode = exitCodeOf(await this.#endOf(run, first));
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    this.#last = { at: startedAt.toISOString(), exitCode, seconds };
    this.#running = undefined;
    this.#context.changes.emit();
  }

  /** Repeats a run until it succeeds or has no retries left. Returns how it has ended. */
  async #endOf(run: Run, child: Child): Promise<Ending> {
    const { retries = 0 } = run.spec;
    for (let retry = 0; ; retry++) {
      const since = Date.now();
      const ending = await child.ended;
      run.child = undefined;
      const isOver = exitCodeOf(ending) === 0 || ending.isUnknown || retry >= retries;
      const pause = isOver || this.#stopping.signal.aborted ? undefined : backoff(retry, Math.random);
      const next = pause === undefined ? '' : `, starts again in ${(pause / 1000).toFixed(1)} s`;
      const seconds = ((Date.now() - since) / 1000).toFixed(1);
      this.#context.log.write('supervisor', [`run ${describeEnding(ending)} after ${seconds} s${next}`]);
      if (pause === undefined) return ending;
      this.#context.changes.emit();
      // Only stop() aborts the pause.
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => {});
      if (this.#stopping.signal.aborted) return ending;
      child = this.#start(run.spec);
      run.child = child;
      this.#context.changes.emit();
    }
  }
}

function scheduleOf({ cron = '', timezone = 'UTC' }: WorkloadSpec): Cron {
  return new Cron(cron, { timezone });
}

function exitCodeOf({ exitCode, signal, isUnknown }: Ending): number | null {
  const notStarted = signal === null && !isUnknown;
  return exitCode ?? (notStarted ? NOT_STARTED : null);
}
