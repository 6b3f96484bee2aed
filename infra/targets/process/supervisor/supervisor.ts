import { Changes } from '../../balancer/changes.ts';
import { Schedule } from './cron.ts';
import { readSpec, removeStatus, writeStatus } from './files.ts';
import { isSameWorkload } from './same.ts';
import { ownIdentity } from './identity.ts';
import { workloadMark } from './leftovers.ts';
import { Log } from './log.ts';
import { RolloutError } from './replica-set.ts';
import type { Surroundings } from './replica.ts';
import { Service } from './service.ts';
import type { WorkloadFailure, WorkloadRequest, WorkloadStatus } from './spec.ts';

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
  #written = '';

  /** `before`: what the last supervisor of the folder wrote. */
  constructor(folder: string, spec: WorkloadRequest, before: WorkloadStatus | undefined) {
    this.#folder = folder;
    this.#spec = spec;
    this.#lastRun = before?.cron?.last;
    this.#around = { changes: this.#changes, log: new Log(spec.log), mark: workloadMark(folder) };
    this.#mute = this.#changes.subscribe(() => this.#writeStatus());
    this.#begin(spec);
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
    await Promise.all([this.#service?.stop(), this.#schedule?.stop()]);
    this.#mute();
    removeStatus(this.#folder);
  }

  #begin(spec: WorkloadRequest): void {
    this.#rollout.abort(new Error('another rollout takes its place'));
    this.#rollout = new AbortController();
    this.#spec = spec;
    this.#failure = undefined;
    const { signal } = this.#rollout;
    const rolling = (this.#rolling ?? Promise.resolve()).then(() => this.#rollOut(spec, signal));
    this.#rolling = rolling;
    this.#changes.emit();
    void rolling.finally(() => {
      if (this.#rolling === rolling) this.#rolling = undefined;
      this.#changes.emit();
    });
  }

  async #rollOut(spec: WorkloadRequest, signal: AbortSignal): Promise<void> {
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
      this.#failure = error instanceof RolloutError ? error.failure : { reason: String(error), log: [] };
      this.#around.log.write('supervisor', [`rollout failed: ${this.#failure.reason}`]);
    }
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
    const cron = this.#schedule?.status();
    const serving = this.#schedule ? deploymentId : this.#service?.serving();
    return {
      supervisor: this.#self,
      request,
      deploymentId,
      ...(serving !== undefined && { serving }),
      ...(artifact !== undefined && { artifact }),
      state: this.#state(failure),
      replicas: this.#schedule?.replicas() ?? this.#service?.replicas() ?? [],
      ...(failure && { failure }),
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
