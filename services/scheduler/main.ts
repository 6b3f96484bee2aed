import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { commonVariables, redisUrl } from '../shared/environment.ts';
import { presenceOf, savePresence } from '../shared/presence.ts';
import { identityOf, runProcess } from '../shared/process.ts';
import { createQueue, type QueueName } from '../shared/queues.ts';
import { withTimeout } from '../shared/timeout.ts';
import { addDueJobs } from './due-jobs.ts';

/**
 * Time limit for the whole run, in milliseconds. A failed run needs no retry: the next run also looks an hour ahead.
 */
const deadline = 5_000;
/** Seconds between two runs. */
const interval = 300;

await runProcess({ ...commonVariables, REDIS_URL: redisUrl }, async (environment, log) => {
  const redis = new Redis(environment.REDIS_URL, { connectTimeout: 3_000, maxRetriesPerRequest: null });
  redis.on('error', (error: Error) => log.warn({ reason: error.message }, 'redis cannot be reached'));
  const open = (name: QueueName) => {
    const queue = createQueue(redis, name);
    queue.on('error', (error) => log.debug({ queue: name, reason: error.message }, 'queue'));
    return queue;
  };
  const queues = { notifications: open('notifications'), cleanup: open('cleanup') };

  const correlationId = randomUUID();
  const presence = { ...presenceOf(identityOf(environment), {}), interval };
  const run = async () => {
    const jobIds = await addDueJobs(queues, new Date(), correlationId);
    await savePresence(redis, presence);
    return jobIds;
  };
  const jobIds = await withTimeout(run(), deadline);
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
  redis.disconnect();
  log.info({ jobIds, correlationId }, 'jobs added');
});
