import { Counter } from './figures.ts';
import type { Figures } from './figures.ts';

/** How the requests are divided at the moment, and what both versions answered since the last change of the weight. */
export interface SplitStatus {
  /** Percentage of the requests that the new version gets. */
  weight: number;
  /** Time of the last change of the weight, in milliseconds since 1970. */
  since: number;
  canary: Figures;
  stable: Figures;
}

/** The golden ratio: its multiples are spread evenly between whole numbers and have no period. */
const ratio = (Math.sqrt(5) - 1) / 2;

/** Divides requests between two versions by a weight, and counts the answers of each. */
export class Split {
  #weight = 0;
  #since = Date.now();
  #turn = 0;
  #counters = { canary: new Counter(), stable: new Counter() };

  /** Changes the weight and begins to count again; does nothing if the weight is the same. */
  set(weight: number): void {
    if (weight === this.#weight) return;
    this.#weight = weight;
    this.#since = Date.now();
    this.#counters = { canary: new Counter(), stable: new Counter() };
  }

  /**
   * Returns the version for the next request. The shares are exact for few requests too. No period of the requests of a
   * client, such as a write after four reads, can send all requests of a kind to one version.
   */
  next(): 'canary' | 'stable' {
    this.#turn = (this.#turn + ratio) % 1;
    return this.#turn * 100 < this.#weight ? 'canary' : 'stable';
  }

  /** Returns whether the new version gets all requests. */
  isWhole(): boolean {
    return this.#weight === 100;
  }

  count(version: 'canary' | 'stable', latency: number | undefined, failed: boolean): void {
    this.#counters[version].add(latency, failed);
  }

  status(): SplitStatus {
    const { canary, stable } = this.#counters;
    return {
      weight: this.#weight,
      since: this.#since,
      canary: canary.figures(),
      stable: stable.figures(),
    };
  }
}
