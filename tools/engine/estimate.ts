/** Estimates the progress and the remaining time of a build from its pace on this machine so far. */
export class Estimate {
  readonly #total: number;
  readonly #now: () => number;
  readonly #start: number;
  #done = 0;

  /** `total` is the approximate number of steps. `now` returns milliseconds. */
  constructor(total: number, now: () => number = Date.now) {
    this.#total = total;
    this.#now = now;
    this.#start = now();
  }

  step(): void {
    this.#done += 1;
  }

  /**
   * Returns for example `340 of about 1700 packages, about 6 minutes more`. Omits the time until a twentieth of the
   * steps is done, since the pace is not reliable before.
   */
  describe(): string {
    const counted = `${this.#done} of about ${this.#total} packages`;
    if (this.#done < this.#total / 20) return counted;
    const left = Math.max(0, this.#total - this.#done);
    const minutes = ((this.#now() - this.#start) / this.#done / 60_000) * left;
    return `${counted}, ${minutes < 1 ? 'less than a minute' : `about ${Math.ceil(minutes)} minute${minutes > 1 ? 's' : ''}`} more`;
  }
}
