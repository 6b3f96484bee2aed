import { capture } from '../tools/command.ts';
import { join } from 'node:path';

export interface LoadOptions {
  /** `http://host:port` */
  url: string;
  method: 'GET' | 'POST';
  /** Every `{n}` in it is replaced by a number that is another one in each request, as in the body. */
  path: string;
  /** Private key with which the requests are signed beforehand, as the gateway does. */
  signingKey?: string;
  /** Signed as the requests of so many clients by turns; of one where absent. */
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

/** Closed-loop load from a process of its own: each connection asks again as soon as it is answered. Throws when an answer is not 2xx. */
export async function runLoad(options: LoadOptions): Promise<LoadFigures> {
  const script = join(import.meta.dirname, 'load-process.ts');
  // A key is nobody else's to read: an environment is private, arguments are not.
  const env = { ...process.env, LOAD: JSON.stringify(options) };
  const { code, stdout, problem } = await capture(process.execPath, [script], { env });
  if (code !== 0)
    throw new Error(`the load on ${options.url}${options.path} ended with ${code}:\n${problem}`);
  return JSON.parse(stdout) as LoadFigures;
}
