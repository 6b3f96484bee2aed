import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long what a refused client still sends is read, in milliseconds: closed at once, it might not see the answer. */
const lingerTime = 1_000;
/** Refused connections that are open at a time: each takes a file. Any more are closed without an answer. */
const mostLingering = 32;
let lingering = 0;

interface Refusal {
  status: 400 | 405 | 408 | 413 | 431 | 502 | 503;
  /** For programs. */
  code: string;
  /** One sentence for people. */
  message: string;
}

export const tooManyConnections: Refusal = {
  status: 503,
  code: 'too_many_connections',
  message: 'Too many connections are open. Please try again in a moment.',
};
export const noTunnels: Refusal = {
  status: 405,
  code: 'method_not_allowed',
  message: 'The method CONNECT is not served here.',
};
export const starting: Refusal = {
  status: 502,
  code: 'bad_gateway',
  message: 'The gateway is starting again. Please try again in a moment.',
};
export const malformed: Refusal = {
  status: 400,
  code: 'malformed_request',
  message: 'The request is not well-formed HTTP.',
};
const others: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_long', message: 'The headers are too long.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'chunk_extensions_too_long',
    message: 'The extensions of a chunk are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    message: 'The head of the request took too long.',
  },
};

/** Answers and ends the connection. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.destroyed || response.headersSent) return void response.destroy();
  const { status, body, headers } = answerOf(refusal);
  response.writeHead(status, headers).end(body);
}

/** The same before there is a request. */
export function refuseConnection(client: Duplex, refusal: Refusal): void {
  if (!client.writable || lingering >= mostLingering) return void client.destroy();
  const { status, body, headers } = answerOf(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  client.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  endConnection(client);
}

/** Ends a connection that nobody reads any more, soon also where the client does not end it. */
export function endConnection(client: Duplex): void {
  lingering++;
  const timer = setTimeout(() => client.destroy(), lingerTime);
  client.on('error', () => client.destroy());
  client.once('close', () => {
    lingering--;
    clearTimeout(timer);
  });
  client.end();
  client.resume();
}

/** What cannot be read is answered once the requests before it are. */
export function refuseUnreadable(
  error: NodeJS.ErrnoException,
  client: Duplex,
  last: { request: IncomingMessage; response: ServerResponse } | undefined,
): void {
  const refusal = others[error.code ?? ''] ?? malformed;
  if (last === undefined || last.response.writableEnded) refuseConnection(client, refusal);
  else if (last.request.complete) last.response.shouldKeepAlive = false;
  else refuse(last.response, refusal);
}

function answerOf({ status, code, message }: Refusal) {
  const body = JSON.stringify({ error: { code, message } });
  const retry = status === 502 || status === 503 ? { 'retry-after': '1' } : {};
  const headers = {
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...retry,
    connection: 'close',
  };
  return { status, body, headers };
}
