import { Changes } from '../../balancer/changes.ts';
import { Schedule } from './cron.ts';
import { readSpec, removeStatus, writeStatus } from './files.ts';
import { isSettled, whatRuns } from './adoption.ts';
import type { Running } from './adoption.ts';
import { isSameWorkload } from './same.ts';
import { ownIdentity } from './identity.ts';
import { endLeftovers } from './leftovers.ts';
import { Log } from './log.ts';
import { RolloutError } from './replica-set.ts';
import type { Surroundings } from './replica.ts';
import { Service } from './service.ts';
import type { ReplicaStatus, WorkloadFailure, WorkloadRequest, WorkloadStatus } from './spec.ts';

/** Keeps one workload as its `spec.json` says, and `status.json` as the workload is. */
export class Supervisor {
  readonly #folder: string;
  readonly #self = { ...ownIdentity(), startedAt: new Date().toISOString() };
  readonly #changes = new Changes();
  readonly #around: Surroundings;
  readonly #lastRun: NonNullable<WorkloadStatus['cron']>['last'];
  #spec: WorkloadRequest;
  #service: Service | undefined;
  #schedule: Schedule | undefined;
  #rollout = new AbortController();
  #rolling: Promise<void> | undefined;
  #failure: WorkloadFailure | undefined;
  readonly #mute: () => void;
  readonly #cleared: Promise<void>;
  #leftovers: ReplicaStatus[];
  #written = '';

  /** `before`: what the last supervisor of the folder wrote. */
  constructor(folder: string, spec: WorkloadRequest, before: WorkloadStatus | undefined) {
    this.#folder = folder;
    this.#spec = spec;
    this.#lastRun = before?.cron?.last;
    this.#around = { changes: this.#changes, log: new Log(spec.log), folder };
    const { serving, leftovers } = whatRuns(folder, before);
    this.#leftovers = leftovers;
    // Every process stays on record: all are adopted before the status is written for the first time.
    const adopted = serving && this.#adopt(serving);
    this.#mute = this.#changes.subscribe(() => this.#writeStatus());
    if (adopted) this.#roll(() => adopted);
    this.#cleared = this.#endLeftovers(serving);
    if (!serving || !isSettled(spec, serving, before)) this.#begin(spec);
    else if (before?.state === 'failed') this.#failure = before.failure;
  }

  /** Reads `spec.json` again. A request for what runs or is coming already is only acknowledged; another one takes its place. */
  reload(): void {
    const spec = readSpec(this.#folder);
    if (!spec || spec.request === this.#spec.request) return;
    if (!isSameWorkload(spec, this.#spec) || ['failed', 'degraded'].includes(this.#status().state))
      return this.#begin(spec);
    this.#spec = spec;
    this.#changes.emit();
  }

  tick(): void {
    this.#schedule?.tick();
  }

  async stop(): Promise<void> {
    this.#rollout.abort(new Error('the supervisor stops'));
    await this.#rolling;
    await Promise.all([this.#cleared, this.#service?.stop(), this.#schedule?.stop()]);
    this.#mute();
    removeStatus(this.#folder);
  }

  #begin(spec: WorkloadRequest): void {
    this.#rollout.abort(new Error('another rollout takes its place'));
    this.#rollout = new AbortController();
    this.#spec = spec;
    this.#failure = undefined;
    const { signal } = this.#rollout;
    this.#roll(() => this.#rollOut(spec, signal));
  }

  /** One step after the other. */
  #roll(step: () => Promise<void>): void {
    const rolling = (this.#rolling ?? Promise.resolve()).then(step);
    this.#rolling = rolling;
    this.#changes.emit();
    void rolling.finally(() => {
      if (this.#rolling === rolling) this.#rolling = undefined;
      this.#changes.emit();
    });
  }

  async #adopt({ spec, replicas }: Running): Promise<void> {
    try {
      if (spec.cron === undefined) {
        this.#service = new Service(this.#around);
        await this.#service.adopt(spec, replicas);
      } else {
        this.#schedule = new Schedule(spec, this.#lastRun, this.#around);
        for (const run of replicas) this.#schedule.adopt(spec, run);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What an earlier supervisor has left running beside what serves. */
  async #endLeftovers(serving: Running | undefined): Promise<void> {
    const kept = serving?.replicas.map(({ id }) => id);
    await endLeftovers(this.#folder, this.#leftovers, this.#spec.stop, kept);
    this.#leftovers = [];
    this.#changes.emit();
  }

  async #rollOut(spec: WorkloadRequest, signal: AbortSignal): Promise<void> {
    await this.#cleared;
    if (signal.aborted) return;
    try {
      if (spec.cron !== undefined) {
        await this.#service?.stop();
        this.#service = undefined;
        if (this.#schedule) this.#schedule.update(spec);
        else this.#schedule = new Schedule(spec, this.#lastRun, this.#around);
      } else {
        await this.#schedule?.stop();
        this.#schedule = undefined;
        this.#service ??= new Service(this.#around);
        await this.#service.rollOut(spec, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof RolloutError ? error.failure : { reason: String(error), log: [] };
    this.#around.log.write('supervisor', [`rollout failed: ${this.#failure.reason}`]);
  }

  /** Synchronous, so that a process is on record before anything else happens. */
  #writeStatus(): void {
    const status = this.#status();
    const text = JSON.stringify(status);
    if (text === this.#written) return;
    this.#written = text;
    writeStatus(this.#folder, status);
  }

  #status(): WorkloadStatus {
    const { request, deploymentId, artifact } = this.#spec;
    const failure = this.#failure ?? this.#service?.failure();
    const state = this.#state(failure);
    const trouble = state === 'degraded' ? this.#service?.trouble() : failure;
    const cron = this.#schedule?.status();
    const serving = this.#schedule ? deploymentId : this.#service?.serving();
    return {
      supervisor: this.#self,
      request,
      deploymentId,
      ...(serving !== undefined && { serving }),
      ...(artifact !== undefined && { artifact }),
      state,
      replicas: [...(this.#schedule?.replicas() ?? this.#service?.replicas() ?? []), ...this.#leftovers],
      ...(trouble && { failure: trouble }),
      ...(cron && { cron }),
    };
  }

  #state(failure: WorkloadFailure | undefined): WorkloadStatus['state'] {
    if (this.#rolling) return 'starting';
    if (failure) return 'failed';
    if (this.#schedule) return 'scheduled';
    return this.#service?.allReady() ? 'ready' : 'degraded';
  }
}
