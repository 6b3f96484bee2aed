import type { SplitStatus } from '../balancer/split.ts';
import type { Running } from '../stack/running.ts';
import { describeFigures, judge } from './analysis.ts';

/** Number of lines of progress that a step has at most: a log keeps all of them. */
const mostLines = 20;

/** What the balancer must do: the weight of the new version, and how the canary ends. */
export interface CanaryStep {
  weight: number;
  end?: { passed: true } | { passed: false; reason: string };
}

/** Takes a new version through the steps of a canary. It only decides: its caller reads the figures and sets the weights. */
export class CanaryRun {
  readonly #plan: Running['canary'];
  #step = 0;
  /** How the canary has ended. */
  #ended: CanaryStep | undefined;
  #told = { at: '', line: '' };
  /** A line for each step that has passed. */
  readonly #passed: string[] = [];

  constructor(plan: Running['canary']) {
    this.#plan = plan;
  }

  /** Returns what has to happen now. `seen`: what the balancer reports; `now`: milliseconds since 1970. */
  next(seen: SplitStatus, now: number): CanaryStep {
    if (this.#ended) return this.#ended;
    const weight = this.#weight();
    if (seen.weight !== weight) return { weight };
    const verdict = judge(this.#plan.analysis, seen.canary, now - seen.since);
    if (verdict === 'waiting') return { weight };
    if (verdict !== 'passed') {
      const stable = `the old version: ${describeFigures(seen.stable)}`;
      const figures = `the new version: ${describeFigures(seen.canary)}; ${stable}`;
      const reason = `its canary failed at ${weight} %: ${verdict.failed} (${figures})`;
      return (this.#ended = { weight: 0, end: { passed: false, reason } });
    }
    this.#passed.push(`${weight} %: ${describeFigures(seen.canary)}`);
    this.#step++;
    if (this.#step < this.#plan.steps.length) return { weight: this.#weight() };
    return (this.#ended = { weight, end: { passed: true } });
  }

  /** Returns for example `canary at 10 %, 12 of 120 s: 430 requests, 0.2 % errors, p99 45 ms`. */
  progress({ weight, since, canary }: SplitStatus, now: number): string {
    if (weight !== this.#weight()) return `canary at ${weight} %`;
    const duration = this.#plan.analysis.for;
    const elapsed = Math.min(duration, Math.floor((now - since) / 1000));
    const at = `${since} ${Math.floor(elapsed / Math.ceil(duration / mostLines))}`;
    if (at === this.#told.at) return this.#told.line;
    const line = `canary at ${weight} %, ${elapsed} of ${duration} s: ${describeFigures(canary)}`;
    this.#told = { at, line };
    return line;
  }

  /** Returns the figures of the steps that have passed. */
  summary(): string {
    return this.#passed.join('; ');
  }

  #weight(): number {
    return this.#plan.steps[this.#step] ?? 100;
  }
}
