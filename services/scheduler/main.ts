import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { commonVariables, redisUrl } from '../shared/environment.ts';
import { notificationsQueue } from '../shared/jobs.ts';
import { runProcess } from '../shared/process.ts';
import { withTimeout } from '../shared/timeout.ts';
import { addDueJobs } from './due-jobs.ts';

/** Milliseconds for the whole run: the next tick comes anyway, and looks an hour ahead like this one. */
const deadline = 5_000;

await runProcess({ ...commonVariables, REDIS_URL: redisUrl }, async ({ REDIS_URL }, log) => {
  const redis = new Redis(REDIS_URL, { connectTimeout: 3_000, maxRetriesPerRequest: null });
  redis.on('error', (error: Error) => log.warn({ reason: error.message }, 'redis cannot be reached'));
  const queue = notificationsQueue(redis);
  queue.on('error', (error) => log.debug({ reason: error.message }, 'queue'));

  const correlationId = randomUUID();
  const jobIds = await withTimeout(addDueJobs(queue, new Date(), correlationId), deadline);
  await queue.close();
  redis.disconnect();
  log.info({ jobIds, correlationId }, 'jobs added');
});
