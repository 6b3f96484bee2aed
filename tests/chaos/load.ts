import { Agent, request as startRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a request without a response has failed. */
const TIMEOUT = 30_000;
/**
 * Milliseconds after which an idle connection is not reused. Servers close idle connections, workerd after 15 s, and a
 * request at that moment gets a reset.
 */
const IDLE = 10_000;
/** Milliseconds between two checks for due requests. */
const TICK = 2;
/** Maximum number of requests from one client address per minute, below the gateway's limit of 100. */
const PER_CLIENT_AND_MINUTE = 60;

export interface LoadRequest {
  method: string;
  path: string;
  /** Sent as JSON. */
  body?: object;
}

export interface LoadOptions {
  /** `http://host:port` */
  url: string;
  /** Requests per second. */
  rate: number;
  /** Number of requests. Default: no limit, until `stop`. */
  total?: number;
  request: (index: number) => LoadRequest;
  /** Called with the body of each 2xx response. */
  onAnswer?: (body: string) => void;
}

export interface LoadResult {
  sent: number;
  /** Number of failures by reason, for example `status 502` or `ECONNRESET`. */
  failures: Map<string, number>;
  failed: number;
  /** Milliseconds from the time at which a request was due to the end of its response. */
  p50: number;
  p99: number;
  max: number;
}

export interface Load {
  done: Promise<LoadResult>;
  /** Stops sending. Resolves once every request has its response. */
  stop: () => Promise<LoadResult>;
}

/**
 * Sends requests at a constant rate, regardless of their responses, over kept-alive connections. For a server in
 * 127.0.0.0/8 it uses many client addresses of this range (Linux only). Latency counts from the time at which a
 * request was due, so that a stall counts for all requests that it delays.
 */
export function startLoad({ url, rate, total = Infinity, request, onAnswer }: LoadOptions): Load {
  const { hostname, port } = new URL(url);
  const isLocal = hostname.startsWith('127.');
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity, timeout: IDLE });
  const clients = Math.ceil((rate * 60) / PER_CLIENT_AND_MINUTE);
  const failures = new Map<string, number>();
  const latencies: number[] = [];
  let stopped = false;

  function send(index: number, due: number): Promise<void> {
    const { method, path, body } = request(index);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (failure?: string) => {
      clearTimeout(timer);
      latencies.push(performance.now() - due);
      if (failure !== undefined) failures.set(failure, (failures.get(failure) ?? 0) + 1);
      resolve();
    };
    const fail = (error: NodeJS.ErrnoException) => end(error.code ?? error.message);
    const options = { hostname, port, method, path, agent, ...(headers && { headers }) };
    const localAddress = isLocal ? clientAddress(index % clients) : undefined;
    const outgoing = startRequest({ ...options, ...(localAddress && { localAddress }) });
    // The request's own timeout does not count while it waits for a connection.
    const late = () => outgoing.destroy(new Error(`no answer within ${TIMEOUT / 1000} s`));
    const timer = setTimeout(late, TIMEOUT);
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const { statusCode = 0 } = response;
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (answer += chunk));
      response.on('error', fail);
      response.on('end', () => {
        const success = statusCode >= 200 && statusCode < 300;
        if (success) onAnswer?.(answer);
        end(success ? undefined : `status ${statusCode}`);
      });
    });
    outgoing.end(text);
    return promise;
  }

  async function run(): Promise<LoadResult> {
    const start = performance.now();
    const answers: Promise<void>[] = [];
    for (let next = 0; next < total && !stopped; await sleep(TICK)) {
      for (; next < total; next++) {
        const due = start + (next * 1000) / rate;
        if (due > performance.now()) break;
        answers.push(send(next, due));
      }
    }
    await Promise.all(answers);
    agent.destroy();
    const sorted = latencies.toSorted((one, other) => one - other);
    const quantile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
    return {
      sent: sorted.length,
      failures,
      failed,
      p50: quantile(0.5),
      p99: quantile(0.99),
      max: quantile(1),
    };
  }

  const done = run();
  return {
    done,
    stop() {
      stopped = true;
      return done;
    },
  };
}

/** Returns for example `p99 12 ms, longest 80 ms; 3 × status 502`. */
export function describeLoad({ p99, max, failures }: LoadResult): string {
  const reasons = [...failures].map(([reason, count]) => `; ${count} × ${reason}`).join('');
  return `p99 ${p99.toFixed(0)} ms, longest ${max.toFixed(0)} ms${reasons}`;
}

function clientAddress(client: number): string {
  return `127.1.${Math.floor(client / 250)}.${1 + (client % 250)}`;
}
