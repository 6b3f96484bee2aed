import { setTimeout as wait } from 'node:timers/promises';
import { packageVersion } from '../../common/roots.ts';
import { signatureHeaders } from './signature.ts';

interface Message {
  url: string;
  key: Buffer;
  /** Of the message: `msg_dev_12`. */
  id: string;
  body: string;
}

interface Limits {
  /** Milliseconds until an attempt ends. */
  timeout: number;
  /** Milliseconds before each further attempt. */
  pauses: readonly number[];
}

/** Three attempts, in at most 18 s. */
const usual: Limits = { timeout: 5_000, pauses: [1_000, 2_000] };

/**
 * Posts a signed message, and repeats it if another attempt can succeed. Never throws.
 *
 * @param progress receives a line before each further attempt
 * @returns why the receiver has not accepted the message; undefined if it has
 */
export async function send(
  message: Message,
  progress: (line: string) => void,
  { timeout, pauses }: Limits = usual,
): Promise<string | undefined> {
  for (let attempt = 0; ; attempt++) {
    const failure = await post(message, timeout);
    const pause = pauses[attempt];
    if (failure === undefined || !failure.passes || pause === undefined) return failure?.why;
    progress(`The webhook ${failure.why}. Trying again in ${pause / 1000} s`);
    await wait(pause);
  }
}

interface Failure {
  why: string;
  /** Whether another attempt can succeed. */
  passes: boolean;
}

async function post({ url, key, id, body }: Message, timeout: number): Promise<Failure | undefined> {
  const seconds = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': `railhead/${packageVersion()}`,
    ...signatureHeaders(key, { id, seconds, body }),
  };
  try {
    // A redirect could send the message to an address that the user did not choose.
    const options = { method: 'POST', headers, body, redirect: 'manual' } as const;
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(timeout) });
    await response.body?.cancel();
    if (response.ok) return undefined;
    const { status } = response;
    return { why: `answered ${status}`, passes: status >= 500 || status === 429 || status === 408 };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      return { why: `did not answer within ${timeout / 1000} s`, passes: true };
    }
    const { cause } = error as Error;
    // Without a cause, `fetch` has refused the address: the message contains the address, which can include a password.
    if (!(cause instanceof Error)) return { why: 'has an address that cannot be called', passes: false };
    return { why: `cannot be reached: ${cause.message}`, passes: true };
  }
}
