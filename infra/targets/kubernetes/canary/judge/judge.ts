import { setTimeout as sleep } from 'node:timers/promises';
import { CanaryRun, type CanaryStep } from '../../../../canary/run.ts';
import type { Analysis } from '../../../../canary/analysis.ts';
import { Counter } from '../../../../balancer/figures.ts';
import type { Metered } from '../meter/metered.ts';

export interface Step {
  analysis: Analysis;
  /** The version to judge. */
  version: string;
  /** Its share of the requests in percent. */
  weight: number;
}

/** What the pods tell now: the figures of those that answer, by address, and why another one does not. */
export interface Told {
  figures: Map<string, Metered>;
  problem?: string | undefined;
}

export type Ask = () => Promise<Told>;

/** Milliseconds between two looks, and for which no pod of the new version may answer at the beginning. */
const pause = 500;
const patience = 60_000;

/**
 * Judges a step of a canary by the figures of all pods. Returns its end, and what the new version has answered in words.
 * A pod that is gone counts with its last figures.
 */
export async function judgeStep({ analysis, version, weight }: Step, ask: Ask) {
  const run = new CanaryRun({ steps: [weight], analysis });
  const seen = new Map<string, Metered>();
  const begun = Date.now();
  for (let since: number | undefined; ;) {
    const { figures, problem } = await ask();
    for (const [address, metered] of figures) seen.set(address, metered);
    const now = Date.now();
    if ([...seen.values()].some((metered) => metered.version === version)) since ??= now;
    const end =
      since === undefined
        ? unseen(weight, now - begun, problem)
        : run.next(status(seen, version, weight, since), now).end;
    if (end !== undefined) return { passed: end.passed, text: end.passed ? run.summary() : end.reason };
    await sleep(pause);
  }
}

function unseen(weight: number, elapsed: number, problem = 'they have no address'): CanaryStep['end'] {
  if (elapsed < patience) return undefined;
  const reason = `its canary failed at ${weight} %: none of its pods told its figures within ${patience / 1000} s: ${problem}`;
  return { passed: false, reason };
}

function status(seen: Map<string, Metered>, version: string, weight: number, since: number) {
  const counters = { canary: new Counter(), stable: new Counter() };
  for (const metered of seen.values())
    counters[metered.version === version ? 'canary' : 'stable'].addCounts(metered.counts);
  return { weight, since, canary: counters.canary.figures(), stable: counters.stable.figures() };
}
