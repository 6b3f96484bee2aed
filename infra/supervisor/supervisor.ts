import type { Address } from '../balancer/backends.ts';
import { Changes } from '../balancer/changes.ts';
import { addressesOf } from './addresses.ts';
import { isFree } from './claim.ts';
import { Schedule } from './cron.ts';
import { readOrder, readSpec, removeStatus, writeStatus } from './files.ts';
import { isSettled, whatRuns } from './adoption.ts';
import type { Running } from './adoption.ts';
import { askedFor, forgetHandover, handedOver, includes, newOwner } from './handover.ts';
import { isSameWorkload } from './same.ts';
import { ownIdentity } from '../common/process-identity.ts';
import { endLeftovers } from './leftovers.ts';
import { Log } from './log.ts';
import { RolloutError } from './replica-set.ts';
import type { SupervisorContext } from './context.ts';
import { Service } from './service.ts';
import type { CanaryOrder, ReplicaStatus, WorkloadFailure, WorkloadRequest, WorkloadStatus } from './spec.ts';

/** Milliseconds between two checks whether a lost address is free again. */
const BACK = 200;

/** Keeps one workload running as its `spec.json` says, and keeps its `status.json` up to date. */
export class Supervisor {
  readonly #folder: string;
  readonly #self = { ...ownIdentity(), startedAt: new Date().toISOString() };
  readonly #changes = new Changes();
  readonly #context: SupervisorContext;
  readonly #lastRun: NonNullable<WorkloadStatus['cron']>['last'];
  #spec: WorkloadRequest;
  #service: Service | undefined;
  #schedule: Schedule | undefined;
  #rollout = new AbortController();
  /** Aborted when the supervisor stops. No step begins after that. */
  readonly #stopping = new AbortController();
  #rolling: Promise<void> | undefined;
  #failure: WorkloadFailure | undefined;
  #order: CanaryOrder | undefined;
  /** The workload that has taken over the address of this one. */
  #lostTo: string | undefined;
  #wayBack: NodeJS.Timeout | undefined;
  readonly #mute: () => void;
  readonly #cleared: Promise<void>;
  #leftovers: ReplicaStatus[];
  #written = '';

  /** `before`: the status that the last supervisor of the folder wrote. */
  constructor(folder: string, spec: WorkloadRequest, before: WorkloadStatus | undefined) {
    this.#folder = folder;
    this.#spec = spec;
    this.#order = readOrder(folder);
    this.#lastRun = before?.cron?.last;
    this.#context = { changes: this.#changes, log: new Log(spec.log), folder };
    const { serving, leftovers } = whatRuns(folder, spec, before);
    this.#leftovers = leftovers;
    // All processes are adopted before the first status is written, so that every process stays on record.
    const adopted = serving && this.#adopt(serving);
    this.#mute = this.#changes.subscribe(() => this.#writeStatus());
    if (adopted) this.#roll(() => adopted);
    this.#cleared = this.#endLeftovers(serving);
    if (!serving || !isSettled(spec, serving, before)) this.#begin(spec);
    else if (before?.state === 'failed') this.#failure = before.failure;
    this.#handOver(spec);
  }

  /**
   * Reads `spec.json`, `canary.json` and the handover records of other workloads again. Acknowledges a request for the
   * spec that already runs or is being rolled out; starts a rollout for any other request, also for one during a canary.
   */
  reload(): void {
    const spec = readSpec(this.#folder);
    if (!spec || this.#stopping.signal.aborted) return;
    this.#handOver(spec);
    this.#order = readOrder(this.#folder);
    if (spec.request === this.#spec.request) return this.#changes.emit();
    const { state, canary } = this.#status();
    const wrong = ['failed', 'degraded'].includes(state) || this.#lostTo !== undefined || canary;
    if (!isSameWorkload(spec, this.#spec) || wrong) return this.#begin(spec);
    this.#spec = spec;
    this.#changes.emit();
  }

  tick(): void {
    if (!this.#stopping.signal.aborted) this.#schedule?.tick();
  }

  async stop(): Promise<void> {
    clearInterval(this.#wayBack);
    this.#stopping.abort();
    this.#rollout.abort(new Error('the supervisor stops'));
    await this.#rolling;
    await Promise.all([this.#cleared, this.#service?.stop(), this.#schedule?.stop()]);
    this.#mute();
    removeStatus(this.#folder);
  }

  /** Releases the requested addresses, but keeps those at which this workload was deployed again since. */
  #handOver(spec: WorkloadRequest): void {
    const own = addressesOf(spec);
    const asked = askedFor(this.#folder, spec);
    for (const address of handedOver(this.#folder)) {
      if (!includes(own, address) || includes(asked, address)) void this.#service?.release(address);
    }
    this.#lose(asked);
  }

  /** Records that another workload has addresses. The replicas run without them until that workload no longer needs them. */
  #lose(lost: Address[]): void {
    const [owner] = lost.flatMap((address) => newOwner(this.#folder, address) ?? []);
    if (owner === undefined) return;
    if (this.#lostTo === undefined) this.#rollout.abort(new Error('another workload has its address'));
    this.#lostTo = owner;
    clearInterval(this.#wayBack);
    this.#wayBack = setInterval(() => void this.#tryBack(lost), BACK);
    this.#changes.emit();
  }

  async #tryBack(lost: Address[]): Promise<void> {
    if (lost.some((address) => newOwner(this.#folder, address) !== undefined)) return;
    const free = await Promise.all(lost.map((address) => isFree(address).catch(() => false)));
    if (free.includes(false) || this.#lostTo === undefined || this.#stopping.signal.aborted) return;
    for (const address of lost) forgetHandover(this.#folder, address);
    this.#begin(this.#spec);
  }

  #begin(spec: WorkloadRequest): void {
    this.#rollout.abort(new Error('another rollout takes its place'));
    clearInterval(this.#wayBack);
    this.#lostTo = undefined;
    this.#failure = undefined;
    this.#spec = spec;
    const asked = askedFor(this.#folder, spec);
    this.#lose(asked);
    for (const address of addressesOf(spec)) {
      if (!includes(asked, address)) forgetHandover(this.#folder, address);
    }
    this.#rollout = new AbortController();
    const { signal } = this.#rollout;
    this.#roll(() => this.#rollOut(spec, signal));
  }

  /** Runs `step` after all earlier steps. */
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
        this.#service = new Service(this.#context);
        await this.#service.adopt(spec, replicas, this.#stopping.signal);
      } else {
        this.#schedule = new Schedule(spec, this.#lastRun, this.#context);
        for (const run of replicas) this.#schedule.adopt(spec, run);
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#fail(error);
    }
  }

  /** Ends the processes that an earlier supervisor has left running, except the serving replicas. */
  async #endLeftovers(serving: Running | undefined): Promise<void> {
    const kept = serving?.replicas.map(({ id }) => id);
    await endLeftovers(this.#folder, this.#leftovers, this.#spec.stop, kept);
    this.#leftovers = [];
    this.#changes.emit();
  }

  async #rollOut(spec: WorkloadRequest, signal: AbortSignal): Promise<void> {
    await this.#cleared;
    if (signal.aborted) return;
    this.#failure = undefined; // An adoption that was under way when this rollout was requested may have set it.
    try {
      if (spec.cron !== undefined) {
        await this.#service?.stop();
        this.#service = undefined;
        if (this.#schedule) this.#schedule.update(spec);
        else this.#schedule = new Schedule(spec, this.#lastRun, this.#context);
      } else {
        await this.#schedule?.stop();
        this.#schedule = undefined;
        this.#service ??= new Service(this.#context);
        const order = () => (this.#order?.request === this.#spec.request ? this.#order : undefined);
        await this.#service.rollOut(spec, signal, order, this.#lostTo !== undefined);
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof RolloutError ? error.failure : { reason: String(error), log: [] };
    this.#context.log.write('supervisor', [`rollout failed: ${this.#failure.reason}`]);
  }

  /** Writes the status synchronously, so that each new process is on record before the next step. */
  #writeStatus(): void {
    const status = this.#status();
    const text = JSON.stringify(status);
    if (text === this.#written) return;
    this.#written = text;
    writeStatus(this.#folder, status);
  }

  #status(): WorkloadStatus {
    const { request, deploymentId, artifact } = this.#spec;
    // A process that was stopped because its address was given up has not failed.
    const ended = this.#lostTo === undefined ? this.#service?.failure() : undefined;
    const failure = this.#failure ?? ended;
    const state = this.#state(failure);
    const trouble = state === 'degraded' ? this.#service?.trouble() : failure;
    const cron = this.#schedule?.status();
    const canary = this.#service?.split();
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
      holds: this.#service?.addresses() ?? [],
      ...(canary && { canary }),
      ...(this.#lostTo !== undefined && { lostTo: this.#lostTo }),
      ...(cron && { cron }),
    };
  }

  #state(failure: WorkloadFailure | undefined): WorkloadStatus['state'] {
    if (this.#rolling) return 'starting';
    if (failure) return 'failed';
    if (this.#schedule) return 'scheduled';
    return this.#service?.allReady() && this.#lostTo === undefined ? 'ready' : 'degraded';
  }
}
