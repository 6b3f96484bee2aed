import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../../../tools/user-error.ts';

/** Milliseconds to wait for a server that recovers from a crash. */
const patience = 60_000;

/** Waits for the greeting of the server, which it sends once its accounts are set. Throws UserError if it sends none. */
export async function waitForGreeting(
  title: string,
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<void> {
  const deadline = AbortSignal.timeout(patience);
  while (!deadline.aborted) {
    if (await isGreeted(host, port, AbortSignal.any([signal, deadline]))) return;
    await sleep(100, undefined, { signal });
  }
  throw new UserError(`${title} at ${host}:${port} does not answer within ${patience / 1000} s`);
}

async function isGreeted(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    const [greeting] = (await once(socket, 'data', { signal })) as [Buffer];
    // The fifth byte is the version of the protocol; an error packet has 255 there.
    return greeting[4] === 10;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
