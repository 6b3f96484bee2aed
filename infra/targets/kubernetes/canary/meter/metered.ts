import { createServer, type Server } from 'node:http';
import { Backends, type Address } from '../../../../balancer/backends.ts';
import { Changes } from '../../../../balancer/changes.ts';
import { Counter, type Counts } from '../../../../balancer/figures.ts';

/** What a meter tells. */
export interface Metered {
  /** The version of its pod. */
  version: string;
  counts: Counts;
}

/** The only replica that a meter forwards to: the service in its own pod. It counts every answer. */
export class MeteredBackends extends Backends {
  #counter = new Counter();
  #measurement = '';

  constructor(service: Address) {
    super(() => [service], new Changes());
  }

  override answered(_address: Address, latency: number | undefined, failed: boolean): void {
    this.#counter.add(latency, failed);
  }

  /** Returns what was counted since the first call with this name of a measurement. */
  countsOf(measurement: string): Counts {
    if (measurement !== this.#measurement) {
      this.#measurement = measurement;
      this.#counter = new Counter();
    }
    return this.#counter.counts();
  }
}

/** Returns a server that tells the figures. The path of a request is the name of its measurement. */
export function createFigures(backends: MeteredBackends, version: string): Server {
  return createServer(({ url = '' }, response) => {
    const metered: Metered = { version, counts: backends.countsOf(url) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metered));
  });
}
