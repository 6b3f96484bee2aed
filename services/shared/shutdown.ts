import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './server.ts';

/** After it the process ends, whatever is still running: before the `drain` of the stack file, at which it would be killed. */
const deadline = 20_000;

export interface Drain {
  draining: () => boolean;
  /**
   * Begins the drain on SIGTERM or SIGINT and ends the process. `delay` is the time, in seconds, for whoever balances the
   * load to see that readiness is gone.
   */
  onSignal: (delay: number) => void;
}

/**
 * The drain of a server: readiness turns 503, a short delay, no new connections, requests in flight are finished,
 * then the `onClose` hooks of `app` in reverse order. Must be called before routes are added.
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
