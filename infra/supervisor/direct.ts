import { isDeepStrictEqual } from 'node:util';
import { CanaryRun } from '../canary/run.ts';
import type { Running } from '../stack/running.ts';
import { writeOrder } from './files.ts';
import { signalProcess } from './identity.ts';
import type { CanaryOrder, WorkloadStatus } from './spec.ts';

/** Milliseconds after which an order is repeated that the supervisor does not follow. */
const AGAIN = 1000;

/** Directs the canary of one rollout by orders to its supervisor. */
export class CanaryDirector {
  readonly #folder: string;
  readonly #run: CanaryRun;
  #last: { order: CanaryOrder; status: WorkloadStatus; at: number } | undefined;

  constructor(folder: string, plan: Running['canary']) {
    this.#folder = folder;
    this.#run = new CanaryRun(plan);
  }

  /** Orders what has to happen now, and returns the progress; undefined if the status has no canary. */
  look(status: WorkloadStatus): string | undefined {
    if (!status.canary) return undefined;
    const now = Date.now();
    this.#send({ request: status.request, ...this.#run.next(status.canary, now) }, status);
    return this.#run.progress(status.canary, now);
  }

  /** Returns the figures of the steps that have passed; empty without a canary. */
  summary(): string {
    return this.#run.summary();
  }

  /** Gives all requests back to the old version, because the command is cancelled. */
  cancel(): void {
    if (!this.#last || this.#last.order.end) return;
    const { order, status } = this.#last;
    const end = { passed: false as const, reason: 'the update was cancelled during its canary' };
    this.#send({ request: order.request, weight: 0, end }, status);
  }

  #send(order: CanaryOrder, status: WorkloadStatus): void {
    const now = Date.now();
    const isFollowed = order.weight === status.canary?.weight && order.end === undefined;
    const isRepeated = isDeepStrictEqual(order, this.#last?.order) && now - (this.#last?.at ?? 0) < AGAIN;
    if (isRepeated || (isFollowed && this.#last?.order.weight === order.weight)) return;
    this.#last = { order, status, at: now };
    writeOrder(this.#folder, order);
    signalProcess(status.supervisor.pid, 'SIGHUP');
  }
}
