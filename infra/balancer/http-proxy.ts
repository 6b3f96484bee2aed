import { Agent, createServer, request as startRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Attempt, keyOf, PATIENCE } from './backends.ts';
import type { Address, Backends, AddressOf } from './backends.ts';
import { tunnel } from './tunnel.ts';

/**
 * Milliseconds after which an idle keep-alive connection to a replica is closed. Servers close idle connections after 2
 * to 5 s; the proxy does so earlier, so that no request is sent on a connection that the server is closing.
 */
const IDLE = 1000;
/**
 * Number of requests of all clients that can wait for the head of their response. Further requests are refused
 * immediately: under overload the queue would grow until a process runs out of memory or open files.
 */
const MOST_WAITING = 1_000;
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'expect']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

interface ProxyOptions {
  mostWaiting?: number | undefined;
  /** Returns the address of a replica to connect to; by default the one by which `backends` knows it. */
  addressOf?: AddressOf | undefined;
}

/**
 * Returns a server that sends each request to a ready replica. Since it balances requests and not connections, the
 * keep-alive connection of a client outlives the replicas, and few connections are enough to distribute the load.
 * Upgraded connections become tunnels.
 */
export function createProxy(
  backends: Backends,
  { mostWaiting = MOST_WAITING, addressOf = (replica) => replica }: ProxyOptions = {},
): Server {
  const agent = new Agent({ keepAlive: true, timeout: IDLE });
  // No time-outs: the replicas have their own, and the proxy must not close an idle connection while its client sends a
  // request.
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  const waiting = new Set<ServerResponse>();
  server.on('request', (request, response) => {
    if (waiting.size >= mostWaiting) return refuse(response, 503, 'Too many requests are waiting.');
    waiting.add(response);
    response.once('close', () => waiting.delete(response));
    void forward(request, response, { backends, agent, waiting, addressOf });
  });
  server.on('upgrade', (request, socket, head) => {
    void tunnel(socket, Buffer.concat([rawHead(request), head]), backends, addressOf);
  });
  server.on('close', () => agent.destroy());
  return server;
}

interface Proxy {
  backends: Backends;
  agent: Agent;
  waiting: Set<ServerResponse>;
  addressOf: AddressOf;
}

async function forward(request: IncomingMessage, response: ServerResponse, proxy: Proxy) {
  const { backends } = proxy;
  response.sendDate = false;
  const attempt = new Attempt();
  /** The replicas that have failed to answer, each counted once however often it was tried. */
  const failed = new Set<string>();
  let patience: AbortSignal | undefined;
  let resent = false;
  for (;;) {
    const backend =
      backends.readyOne(attempt) ??
      (await waitForOne(backends, attempt, (patience ??= patienceOf(response))));
    if (!backend) return refuse(response, 503, 'No replica is ready.');
    const end = backends.begin('requests', backend);
    const outcome = await exchange(request, response, backend, proxy).finally(end);
    if (outcome === 'answered' || response.destroyed) return;
    if (!failed.has(keyOf(backend))) backends.answered(backend, undefined, true);
    failed.add(keyOf(backend));
    if (outcome === 'lost' && (resent || hasBody(request) || !SAFE.has(request.method ?? ''))) {
      return refuse(response, 502, 'The replica ended before it answered.');
    }
    resent ||= outcome === 'lost';
    attempt.tried.add(keyOf(backend));
  }
}

/** `refused`: no byte was sent, so another replica can take the request. `lost`: sent, but not answered. */
type Outcome = 'answered' | 'refused' | 'lost';

function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  backend: Address,
  { backends, agent, waiting, addressOf }: Proxy,
): Promise<Outcome> {
  const address = addressOf(backend);
  if (!address) return Promise.resolve('refused');
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const { method, url: path } = request;
  const { host, port } = address;
  const start = performance.now();
  const headers = endToEnd(request);
  const outgoing = startRequest({ host, port, method, path, headers, agent, setHost: false });
  const abandon = () => outgoing.destroy();
  response.once('close', abandon);
  let sent = false;
  let answered = false;
  const send = () => {
    sent = true;
    if (hasBody(request)) request.pipe(outgoing);
    else outgoing.end();
  };
  // Nothing reads the body until the replica accepts the connection, so that a refused request can be sent elsewhere.
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return send();
    backends.abandonOnceUnready(backend, socket);
    socket.once('connect', send);
  });
  outgoing.on('error', () => {
    request.unpipe(outgoing);
    response.off('close', abandon);
    // A client that gave up says nothing about errors, but its wait counts.
    if (!answered && response.destroyed) backends.answered(backend, performance.now() - start, false);
    if (!answered) resolve(sent ? 'lost' : 'refused');
  });
  outgoing.once('response', (answer) => {
    answered = true;
    waiting.delete(response);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer, 'transfer-encoding'));
    answer.on('error', () => {}); // The 'close' event follows.
    const latency = performance.now() - start;
    answer.once('close', () => {
      const broken = !answer.complete && !response.destroyed;
      backends.answered(backend, latency, broken || isError(answer));
      if (broken) response.destroy(); // The client must notice that the response is incomplete.
      resolve('answered');
    });
    answer.pipe(response);
  });
  return promise;
}

const isError = ({ statusCode = 502 }: IncomingMessage) => statusCode >= 500;

/** Waits for a ready replica; undefined if `patience` aborts because time is up or the client has closed its connection. */
async function waitForOne(
  backends: Backends,
  attempt: Attempt,
  patience: AbortSignal,
): Promise<Address | undefined> {
  try {
    return await backends.pick(attempt, patience);
  } catch (error) {
    if (patience.aborted) return undefined;
    throw error;
  }
}

/** Returns a signal that aborts after PATIENCE or when the client leaves. Created only for requests that wait. */
function patienceOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, AbortSignal.timeout(PATIENCE)]);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Returns the raw headers without hop-by-hop ones. Optimized, since it runs twice per request. */
function endToEnd({ rawHeaders, headers: { connection } }: IncomingMessage, without?: string): string[] {
  const named = connection?.toLowerCase().split(/\s*,\s*/);
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (lower !== without && !HOP_BY_HOP.has(lower) && !named?.includes(lower)) {
      kept.push(name, rawHeaders[index + 1] ?? '');
    }
  }
  return kept;
}

function rawHead({ method, url, rawHeaders }: IncomingMessage): Buffer {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return Buffer.from([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1');
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'text/plain', 'retry-after': '1', connection: 'close' });
  response.end(`${reason}\n`);
}
