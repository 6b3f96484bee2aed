import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Time that the gateway still reads from a refused client, in milliseconds: after an immediate close, the client might
 * not see the response.
 */
const lingerTime = 1_000;
/**
 * Maximum number of refused connections that are still open: each uses a file. Others are closed without a response.
 */
const mostLingering = 32;
let lingering = 0;

interface Refusal {
  status: 400 | 405 | 408 | 413 | 431 | 502 | 503;
  /** Machine-readable code. */
  code: string;
  /** One sentence for the user. */
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
  message: 'The method CONNECT is not supported.',
};
export const starting: Refusal = {
  status: 502,
  code: 'bad_gateway',
  message: 'The gateway is restarting. Please try again in a moment.',
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

/** Sends the refusal and closes the connection. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.destroyed || response.headersSent) return void response.destroy();
  const { status, body, headers } = answerOf(refusal);
  response.writeHead(status, headers).end(body);
}

/** Sends the refusal on a connection without a parsed request and closes the connection. */
export function refuseConnection(client: Duplex, refusal: Refusal): void {
  if (!client.writable || lingering >= mostLingering) return void client.destroy();
  const { status, body, headers } = answerOf(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  client.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  endConnection(client);
}

/** Closes a connection whose input is no longer needed, after `lingerTime` even if the client does not close it. */
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

/** Refuses malformed input once the requests before it have their responses. */
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
