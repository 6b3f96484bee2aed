import { request as startRequest, type Agent, type IncomingMessage, ServerResponse } from 'node:http';
import { clientHeader, protocolHeader } from '../worker/client.ts';
import { callerOf } from './caller.ts';
import { WorkerdAgent } from './agent.ts';
import { endConnection, refuse, starting } from './refusals.ts';

/** Headers that apply to one connection only, and headers that a client may not set. */
const dropped = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'expect'],
  ...[clientHeader, protocolHeader],
]);
/** Headers that define the destination and the length of a request. They stay even if `Connection` lists them. */
const framing = new Set(['host', 'content-length', 'transfer-encoding']);

/** Forwards requests to the workerd that listens on the Unix socket `path`, each with the address of its client. */
export class Upstream {
  readonly #path: string;
  readonly #forwarded: boolean;
  readonly #agent = new WorkerdAgent();

  constructor(path: string, forwarded: boolean) {
    this.#path = path;
    this.#forwarded = forwarded;
  }

  forward(request: IncomingMessage, response: ServerResponse): void {
    const headers = headersOf(request);
    const length = request.headers['content-length'];
    const isChunked = request.headers['transfer-encoding'] !== undefined;
    // Without a length, Node would send a chunked body.
    if (length === undefined && !isChunked) headers.push('content-length', '0');
    const hasBody = isChunked || Number(length) > 0;
    const outgoing = this.#ask(request, headers, this.#agent);
    outgoing.on('response', (answer) => passOn(answer, response));
    outgoing.on('error', () => {
      request.unpipe(outgoing);
      // The end of the response shows whether it is complete.
      if (response.headersSent) return;
      // workerd has just closed the reused connection, and a read is safe to repeat.
      const isSafe = !hasBody && ['GET', 'HEAD'].includes(request.method ?? '');
      if (outgoing.reusedSocket && isSafe && !response.destroyed) this.forward(request, response);
      else refuse(response, starting);
    });
    response.once('close', () => {
      outgoing.destroy();
      // The rest of the body must be read before the next request on this connection.
      request.unpipe(outgoing).resume();
    });
    if (hasBody) request.pipe(outgoing);
    else outgoing.end();
  }

  /**
   * Forwards an upgrade request, and everything after it once workerd has accepted the upgrade. Before that nothing
   * else may pass: a further request could set its own client address.
   */
  upgrade(request: IncomingMessage, head: Buffer): void {
    const client = request.socket;
    const headers = [...headersOf(request), 'connection', 'Upgrade', 'upgrade', 'websocket'];
    const outgoing = this.#ask(request, headers, false);
    client.on('error', () => client.destroy());
    client.once('close', () => outgoing.destroy());
    outgoing.once('upgrade', (answer, server, first) => {
      client.write(rawHead(answer));
      client.write(first);
      server.write(head);
      server.on('error', () => server.destroy());
      // Let the client first read the last data, for example the close code of a WebSocket.
      server.once('close', () => client.destroySoon());
      client.once('close', () => server.destroy());
      client.pipe(server).pipe(client);
    });
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(client);
    response.once('finish', () => endConnection(client));
    outgoing.once('response', (answer) => {
      client.once('end', () => client.destroy()).resume();
      passOn(answer, response);
    });
    outgoing.on('error', () => refuse(response, starting));
    outgoing.end();
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(request: IncomingMessage, headers: string[], agent: Agent | false) {
    const { method, url: path } = request;
    const { address, protocol } = callerOf(request, this.#forwarded);
    headers.push(clientHeader, address, protocolHeader, protocol);
    return startRequest({ socketPath: this.#path, agent, method, path, headers, setHost: false });
  }
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  response.sendDate = false;
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersOf(answer, 'transfer-encoding'));
  answer.on('error', () => {}); // 'close' follows.
  // The client must see that an incomplete response is incomplete.
  answer.once('close', () => answer.complete || response.destroy());
  answer.pipe(response);
}

/** Returns the raw end-to-end headers. Optimized for speed, since it runs twice per request. */
function headersOf({ rawHeaders, headers: { connection } }: IncomingMessage, without?: string): string[] {
  const named = connection?.toLowerCase().split(/\s*,\s*/);
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (lower === without || dropped.has(lower) || (named?.includes(lower) && !framing.has(lower))) continue;
    kept.push(name, rawHeaders[index + 1] ?? '');
  }
  return kept;
}

function rawHead({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n');
}
