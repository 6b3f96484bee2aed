import { capture } from '../tools/command.ts';
import { join } from 'node:path';

export interface LoadOptions {
  /** `http://host:port` */
  url: string;
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON, with every `{n}` replaced by a number that is another one in each request. */
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
  const { code, stdout, problem } = await capture(process.execPath, [script, JSON.stringify(options)]);
  if (code !== 0)
    throw new Error(`the load on ${options.url}${options.path} ended with ${code}:\n${problem}`);
  return JSON.parse(stdout) as LoadFigures;
}
