/** What a version answered in a period. */
export interface Figures {
  /** Number of requests that ended. One that its client abandoned counts with the time until then. */
  requests: number;
  /** Answers with a 5xx status, and requests that the replica did not answer or not to the end. */
  errors: number;
  /** Milliseconds until the head of the answer, which 99 % of the requests did not exceed. Exact to 5 %. */
  p99: number;
}

/** What a counter has counted, as JSON. */
export interface Counts {
  requests: number;
  errors: number;
  /** Number of requests by bucket of latency. */
  buckets: [bucket: number, requests: number][];
}

/** The ratio of the bounds of two neighbouring buckets. */
const growth = 1.05;

/** Counts requests and their latencies. Its size does not depend on the number of requests. */
export class Counter {
  #requests = 0;
  #errors = 0;
  /** Number of requests by the power of `growth` that is their upper bound, in milliseconds. */
  readonly #buckets = new Map<number, number>();

  /** `latency`: milliseconds until the head of the answer; undefined if there was none. */
  add(latency: number | undefined, failed: boolean): void {
    this.#requests++;
    if (failed) this.#errors++;
    if (latency === undefined) return;
    const bucket = Math.ceil(Math.log(Math.max(latency, 1)) / Math.log(growth));
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
  }

  /** Adds what another counter has counted. */
  addCounts({ requests, errors, buckets }: Counts): void {
    this.#requests += requests;
    this.#errors += errors;
    for (const [bucket, count] of buckets)
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count);
  }

  counts(): Counts {
    return { requests: this.#requests, errors: this.#errors, buckets: [...this.#buckets] };
  }

  figures(): Figures {
    return { requests: this.#requests, errors: this.#errors, p99: this.#quantile(0.99) };
  }

  #quantile(share: number): number {
    const total = [...this.#buckets.values()].reduce((sum, count) => sum + count, 0);
    let rest = Math.ceil(total * share);
    for (const bucket of [...this.#buckets.keys()].toSorted((one, other) => one - other)) {
      rest -= this.#buckets.get(bucket) ?? 0;
      if (rest <= 0) return Math.round(growth ** bucket);
    }
    return 0;
  }
}
