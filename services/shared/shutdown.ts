import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server.ts';

/**
 * Time limit for the drain, in milliseconds. Shorter than `drain` in the stack file, after which the process is
 * killed.
 */
const deadline = 20_000;

export interface Drain {
  draining: () => boolean;
  /**
   * Drains on SIGTERM or SIGINT, then ends the process. `delay` is the time, in seconds, that the load balancer gets to
   * notice that readiness has turned 503.
   */
  onSignal: (delay: number) => void;
}

/**
 * Creates the drain of a server: readiness turns 503, a short delay passes, the server accepts no new connections and
 * finishes the requests in flight, then the `onClose` hooks of `app` run in reverse order. Call it before adding
 * routes.
 */
export function createDrain(app: Server): Drain {
  let draining = false;
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });

  async function drain(signal: NodeJS.Signals, delay: number): Promise<void> {
    if (draining) return;
    draining = true;
    app.log.info({ signal }, 'draining');
    setTimeout(() => {
      app.log.error({ deadline }, 'drain did not end in time');
      process.exit(1);
    }, deadline).unref();
    await sleep(delay * 1_000);
    await app.close();
    app.log.info('stopped');
    process.exit(0);
  }

  return {
    draining: () => draining,
    onSignal: (delay) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const)
        process.on(signal, () => void drain(signal, delay));
    },
  };
}
