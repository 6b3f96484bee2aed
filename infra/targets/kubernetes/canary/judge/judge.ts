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
 * A pod that is gone counts with its last figures. But a version passes only while one of its pods tells its figures.
 */
export async function judgeStep({ analysis, version, weight }: Step, ask: Ask) {
  const run = new CanaryRun({ steps: [weight], analysis });
  const seen = new Map<string, Metered>();
  const begun = Date.now();
  for (let since: number | undefined; ;) {
    const { figures, problem } = await ask();
    for (const [address, metered] of figures) add(seen, address, metered);
    const now = Date.now();
    const isTold = [...figures.values()].some((metered) => metered.version === version);
    if (isTold) since ??= now;
    const end =
      since === undefined
        ? unseen(weight, now - begun, problem)
        : run.next(status(seen, version, weight, since), now).end;
    if (end?.passed && !isTold) return { passed: false, text: silent(weight, 'at the end', problem) };
    if (end !== undefined) return { passed: end.passed, text: end.passed ? run.summary() : end.reason };
    await sleep(pause);
  }
}

/** A meter that has started again, or a new pod at an old address, counts from 0: the former counts stay. */
function add(seen: Map<string, Metered>, address: string, metered: Metered): void {
  const former = seen.get(address);
  const isSame = former?.version === metered.version && former.counts.requests <= metered.counts.requests;
  if (former !== undefined && !isSame) seen.set(`${address} ${seen.size}`, former);
  seen.set(address, metered);
}

function unseen(weight: number, elapsed: number, problem?: string): CanaryStep['end'] {
  if (elapsed < patience) return undefined;
  return { passed: false, reason: silent(weight, `within ${patience / 1000} s`, problem) };
}

function silent(weight: number, when: string, problem = 'they have no address'): string {
  return `its canary failed at ${weight} %: none of its pods told its figures ${when}: ${problem}`;
}

function status(seen: Map<string, Metered>, version: string, weight: number, since: number) {
  const counters = { canary: new Counter(), stable: new Counter() };
  for (const metered of seen.values())
    counters[metered.version === version ? 'canary' : 'stable'].addCounts(metered.counts);
  return { weight, since, canary: counters.canary.figures(), stable: counters.stable.figures() };
}
