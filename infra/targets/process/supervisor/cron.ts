import { Cron } from 'croner';
import { describeEnding, startChild } from './child.ts';
import type { Child } from './child.ts';
import type { Surroundings } from './replica.ts';
import type { ReplicaStatus, WorkloadSpec, WorkloadStatus } from './spec.ts';

/** Exit code of a command that could not be started, as shells have it. */
const NOT_STARTED = 127;

type CronStatus = NonNullable<WorkloadStatus['cron']>;

/** A workload that runs at the ticks of a schedule, in UTC, and never twice at a time. */
export class Schedule {
  readonly #around: Surroundings;
  #spec: WorkloadSpec;
  #job: Cron;
  #running: { child: Child; startedAt: Date; ended: Promise<void> } | undefined;
  #last: CronStatus['last'];

  constructor(spec: WorkloadSpec, last: CronStatus['last'], around: Surroundings) {
    this.#around = around;
    this.#spec = spec;
    this.#last = last;
    this.#job = this.#schedule();
  }

  /** From the next tick on; a run under way ends as it began. */
  update(spec: WorkloadSpec): void {
    this.#job.stop();
    this.#spec = spec;
    this.#job = this.#schedule();
  }

  /** Runs the command now, unless it runs. */
  tick(): void {
    const { log, changes } = this.#around;
    if (this.#running) {
      return log.write('supervisor', [
        `tick skipped: the run of ${this.#running.startedAt.toISOString()} has not ended`,
      ]);
    }
    const id = `${this.#spec.name}-1`;
    const env = { ...this.#spec.env, RAILWAY_REPLICA_ID: id, ...this.#around.mark };
    const startedAt = new Date();
    const child = startChild(this.#spec, env, (lines) => log.write(id, lines));
    this.#running = { child, startedAt, ended: this.#record(child, startedAt) };
    changes.emit();
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
    if (!this.#running?.child.identity) return [];
    const { child, startedAt } = this.#running;
    const id = `${this.#spec.name}-1`;
    return [
      { id, ...child.identity, state: 'ready', restarts: 0, startedAt: startedAt.toISOString() },
    ] as ReplicaStatus[];
  }

  #schedule(): Cron {
    return new Cron(this.#spec.cron ?? '', { timezone: 'UTC' }, () => this.tick());
  }

  async #record(child: Child, startedAt: Date): Promise<void> {
    const ending = await child.ended;
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    const exitCode = ending.exitCode ?? (ending.signal === null ? NOT_STARTED : null);
    this.#last = { at: startedAt.toISOString(), exitCode, seconds };
    this.#running = undefined;
    this.#around.log.write('supervisor', [`run ${describeEnding(ending)} after ${seconds.toFixed(1)} s`]);
    this.#around.changes.emit();
  }
}
