import type { Queue, Worker } from 'bullmq';
import type { Server } from '../shared/server.ts';

export interface WatchdogOptions {
  /** Milliseconds without any job event, while jobs wait, after which the consumer counts as stuck. */
  limit: number;
  onStuck: () => void;
}

/**
 * Calls `onStuck` if jobs wait but the consumer processes none. A blocking read on a broken connection may never
 * return, without an error; only a new process helps.
 */
export function watchConsumer(
  app: Server,
  worker: Worker,
  queue: Queue,
  { limit, onStuck }: WatchdogOptions,
): void {
  let running = 0;
  let lastEvent = Date.now();
  const ended = () => {
    running--;
    lastEvent = Date.now();
  };
  worker.on('active', () => {
    running++;
    lastEvent = Date.now();
  });
  worker.on('completed', ended);
  worker.on('failed', ended);

  async function look(): Promise<void> {
    const waiting = await queue.getWaitingCount();
    if (waiting === 0 || running > 0) lastEvent = Date.now();
    else if (Date.now() - lastEvent > limit) onStuck();
  }

  const timer = setInterval(() => {
    look().catch(() => {
      // Redis is unavailable, so the consumer cannot get jobs and is not stuck.
      lastEvent = Date.now();
    });
  }, limit / 6);
  app.addHook('onClose', () => clearInterval(timer));
}
