import { Cron } from 'croner';
import { adoptChild, describeEnding, startChild } from './child.ts';
import type { Child } from './child.ts';
import { writeServing } from './files.ts';
import { workloadMark } from './leftovers.ts';
import type { SupervisorContext } from './replica.ts';
import type { ReplicaStatus, WorkloadSpec, WorkloadStatus } from './spec.ts';

/** The exit code that shells use for a command that could not be started. */
const NOT_STARTED = 127;

type CronStatus = NonNullable<WorkloadStatus['cron']>;

/** Runs the command of a cron workload at the ticks of its schedule (UTC). Runs never overlap. */
export class Schedule {
  readonly #context: SupervisorContext;
  #spec: WorkloadSpec;
  #job: Cron;
  #running: { child: Child; startedAt: Date; ended: Promise<void> } | undefined;
  #last: CronStatus['last'];

  constructor(spec: WorkloadSpec, last: CronStatus['last'], context: SupervisorContext) {
    this.#context = context;
    this.#spec = spec;
    this.#last = last;
    this.#job = this.#schedule();
  }

  /** Uses `spec` from the next tick on. A run that is under way continues with the previous spec. */
  update(spec: WorkloadSpec): void {
    this.#job.stop();
    this.#spec = spec;
    this.#job = this.#schedule();
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
    const env = { ...spec.env, RAILWAY_REPLICA_ID: this.#id(), ...workloadMark(folder) };
    writeServing(folder, { spec, replicas: [this.#id()] });
    const startedAt = new Date();
    this.#attend(startChild(spec, env, this.#output()), startedAt);
  }

  /** Takes over a run that an earlier supervisor has started. */
  adopt(spec: WorkloadSpec, run: ReplicaStatus): void {
    this.#attend(adoptChild(run, spec, this.#output()), new Date(run.startedAt));
  }

  async stop(): Promise<void> {
    this.#job.stop();
    await this.#running?.child.stop(this.#spec.stop.grace);
    await this.#running?.ended;
  }

  status(): CronStatus {
    return {
      next: this.#job.nextRun()?.toISOString() ?? '',
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

  #attend(child: Child, startedAt: Date): void {
    this.#running = { child, startedAt, ended: this.#record(child, startedAt) };
    this.#context.changes.emit();
  }

  #schedule(): Cron {
    return new Cron(this.#spec.cron ?? '', { timezone: 'UTC' }, () => this.tick());
  }

  async #record(child: Child, startedAt: Date): Promise<void> {
    const ending = await child.ended;
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    const notStarted = ending.signal === null && !ending.isUnknown;
    const exitCode = ending.exitCode ?? (notStarted ? NOT_STARTED : null);
    this.#last = { at: startedAt.toISOString(), exitCode, seconds };
    this.#running = undefined;
    this.#context.log.write('supervisor', [`run ${describeEnding(ending)} after ${seconds.toFixed(1)} s`]);
    this.#context.changes.emit();
  }
}
