import { capture } from '../tools/command.ts';
import { join } from 'node:path';

export interface LoadOptions {
  /** `http://host:port` */
  url: string;
  method: 'GET' | 'POST';
  /** Each request replaces every `{n}` with a new number, as in the body. */
  path: string;
  /** Private key with which the requests are signed, as the gateway does. */
  signingKey?: string;
  /** Number of clients that the signatures name in turn. Default: 1. */
  clients?: number;
  /** Sent as JSON. */
  body?: string;
  connections: number;
  seconds: number;
}

export interface LoadFigures {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/**
 * Runs closed-loop load in a separate process: each connection sends its next request as soon as it has a response.
 * Throws if a response is not 2xx.
 */
export async function runLoad(options: LoadOptions): Promise<LoadFigures> {
  const script = join(import.meta.dirname, 'load-process.ts');
  // The key must stay secret: other users can read arguments, but not the environment.
  const env = { ...process.env, LOAD: JSON.stringify(options) };
  const { code, stdout, problem } = await capture(process.execPath, [script], { env });
  if (code !== 0)
    throw new Error(`the load on ${options.url}${options.path} ended with ${code}:\n${problem}`);
  return JSON.parse(stdout) as LoadFigures;
}
