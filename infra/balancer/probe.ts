import { get } from 'node:http';
import { connect } from 'node:net';

/** The end of a failed check's text if the port refuses connections. */
export const refused = 'connection refused';

/** Number of characters of a response body that a failed check quotes. */
const QUOTED = 200;

/** Resolves with undefined if the status is 2xx or 3xx, otherwise with the check and its result. Never rejects. */
export function probeHttp(
  host: string,
  port: number,
  path: string,
  timeout: number,
): Promise<string | undefined> {
  const check = `GET http://${host}:${port}${path}`;
  return new Promise((resolve) => {
    const request = get(
      { host, port, path, agent: false, signal: AbortSignal.timeout(timeout) },
      (response) => {
        const status = response.statusCode ?? 0;
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body = (body + chunk).slice(0, QUOTED)));
        response.on('error', (error) => resolve(`${check}: ${explain(error, timeout)}`));
        response.on('end', () =>
          resolve(
            status >= 200 && status < 400
              ? undefined
              : `${check}: answered ${status} ${oneLine(body)}`.trim(),
          ),
        );
      },
    );
    request.on('error', (error) => resolve(`${check}: ${explain(error, timeout)}`));
  });
}

/** Resolves with undefined if the address accepts a connection, otherwise with the result. Never rejects. */
export function probeTcp(host: string, port: number, timeout: number): Promise<string | undefined> {
  const check = `connection to ${host}:${port}`;
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal: AbortSignal.timeout(timeout) });
    socket.on('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.on('error', (error) => resolve(`${check}: ${explain(error, timeout)}`));
  });
}

function explain(error: NodeJS.ErrnoException, timeout: number): string {
  if (error.name === 'AbortError') return `no answer within ${timeout / 1000} s`;
  if (error.code === 'ECONNREFUSED') return refused;
  return error.message;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
