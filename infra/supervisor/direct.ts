import { isDeepStrictEqual } from 'node:util';
import { CanaryRun, type CanaryStep } from '../canary/run.ts';
import type { Running } from '../stack/running.ts';
import { readStatus, writeOrder } from './files.ts';
import { isAlive, ownIdentity, signalProcess } from '../common/process-identity.ts';
import type { CanaryOrder, WorkloadStatus } from './spec.ts';

/** Milliseconds after which an order is repeated that the supervisor does not follow. */
const AGAIN = 1000;

/** Directs the canary of one rollout by orders to its supervisor. */
export class CanaryDirector {
  readonly #folder: string;
  readonly #request: string;
  readonly #run: CanaryRun;
  readonly #by = ownIdentity();
  #last: { order: CanaryOrder; at: number } | undefined;

  /** @param request the id of the rollout */
  constructor(folder: string, request: string, plan: Running['canary']) {
    this.#folder = folder;
    this.#request = request;
    this.#run = new CanaryRun(plan);
  }

  /** Orders what has to happen now, and returns the progress; undefined if the status has no canary. */
  look(status: WorkloadStatus): string | undefined {
    if (!status.canary) return undefined;
    const now = Date.now();
    this.#send(this.#run.next(status.canary, now), status);
    return this.#run.progress(status.canary, now);
  }

  /** Returns the figures of the steps that have passed; empty without a canary. */
  summary(): string {
    return this.#run.summary();
  }

  /** Gives all requests back to the old version, because the command is cancelled. A canary that has not begun yet goes back when it begins. */
  cancel(): void {
    if (this.#last?.order.end) return;
    const end = { passed: false as const, reason: 'the update was cancelled during its canary' };
    this.#send({ weight: 0, end }, readStatus(this.#folder));
  }

  #send(step: CanaryStep, status: WorkloadStatus | undefined): void {
    const order: CanaryOrder = { request: this.#request, by: this.#by, ...step };
    const now = Date.now();
    const isFollowed = order.weight === status?.canary?.weight && order.end === undefined;
    const isRepeated = isDeepStrictEqual(order, this.#last?.order) && now - (this.#last?.at ?? 0) < AGAIN;
    if (isRepeated || (isFollowed && this.#last?.order.weight === order.weight)) return;
    this.#last = { order, at: now };
    writeOrder(this.#folder, order);
    if (status && isAlive(status.supervisor)) signalProcess(status.supervisor.pid, 'SIGHUP');
  }
}
