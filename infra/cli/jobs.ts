import { Command } from '@commander-js/extra-typings';
import { Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { UserError } from '../../tools/user-error.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { listWorkloads } from '../supervisor/workloads.ts';
import { chooseTarget } from '../targets/index.ts';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('jobs')
  .description('Show the failed jobs of all queues, newest first, or retry them.')
  .addOption(stackOption())
  .addOption(valueOption('--retry <id>', 'queue the job with this ID again, or `all` failed jobs'))
  .action(({ stack = defaultEnvironment(), retry }) => showJobs(stack, retry));

/** Number of jobs of a queue that are shown, or retried at a time. */
const pageSize = 100;

/** Lists the failed jobs of an environment, or retries one or all of them. Throws UserError. */
async function showJobs(stack: string, retry: string | undefined): Promise<void> {
  const connections = await connect(await redisUrls(stack), stack);
  try {
    const queues = (await Promise.all(connections.map(openQueues))).flat();
    if (retry === undefined) await list(queues);
    else if (retry === 'all') await retryAll(queues);
    else await retryOne(queues, retry, stack);
  } finally {
    for (const redis of connections) redis.disconnect();
  }
}

/** Returns the REDIS_URL of each service of the environment, without duplicates. Throws UserError. */
async function redisUrls(stack: string): Promise<string[]> {
  const target = await chooseTarget(readEnvironment(stack));
  if (target.ownTools !== undefined) {
    throw new UserError(
      `${stack} runs on ${target.name}, and \`railhead jobs\` finds Redis only where Railhead's supervisors run the services.`,
    );
  }
  const workloads = listWorkloads(environmentPaths(projectRoot(), stack).services);
  if (workloads.length === 0) throw new UserError(`${stack} is not up. Next: ${npmCommand('up', stack)}`);
  const urls = workloads.flatMap(({ spec }) => spec.env.REDIS_URL ?? []);
  if (urls.length === 0)
    throw new UserError(`No service of ${stack} has a REDIS_URL, so there are no queues.`);
  return [...new Set(urls)];
}

function connect(urls: string[], stack: string): Promise<Redis[]> {
  return Promise.all(
    urls.map(async (url) => {
      const redis = new Redis(url, {
        lazyConnect: true,
        maxRetriesPerRequest: null,
        retryStrategy: () => null,
      });
      // `connect` rejects with the same error.
      redis.on('error', () => {});
      try {
        await redis.connect();
        return redis;
      } catch {
        // The original error may contain the URL, which holds a password.
        throw new UserError(
          `The Redis of ${stack} cannot be reached. Next: ${railheadCommand(stack, 'status')}`,
        );
      }
    }),
  );
}

/** Returns the BullMQ queues of a Redis, sorted by name. Each queue has a key `bull:<name>:meta`. */
async function openQueues(connection: Redis): Promise<Queue[]> {
  const names = new Set<string>();
  for await (const keys of connection.scanStream({ match: 'bull:*:meta', count: 1_000 })) {
    for (const key of keys as string[]) names.add(key.slice('bull:'.length, -':meta'.length));
  }
  // Other programs may have keys of the same form, but BullMQ rejects these names.
  const possible = [...names].filter((name) => name !== '' && !name.includes(':'));
  return possible.toSorted().map((name) => new Queue(name, { connection, skipMetasUpdate: true }));
}

async function list(queues: Queue[]): Promise<void> {
  let total = 0;
  for (const queue of queues) {
    try {
      total += await listQueue(queue);
    } catch (error) {
      console.log(`${plain(queue.name)}  cannot be read: ${withoutSecrets((error as Error).message)}`);
      total += 1;
    }
  }
  if (total === 0) console.log('There are no failed jobs.');
}

/** Prints the newest failed jobs of a queue. Returns the number of all its failed jobs. */
async function listQueue(queue: Queue): Promise<number> {
  const count = await queue.getFailedCount();
  const ids = await queue.getRanges(['failed'], 0, pageSize - 1);
  for (const id of ids) {
    const job = await readJob(queue, id);
    console.log(
      job
        ? describe(queue, job)
        : `${plain(queue.name)}  ${plain(id)}  cannot be read: the job is incomplete`,
    );
  }
  if (count > ids.length) console.log(`${plain(queue.name)}: and ${count - ids.length} older ones`);
  return count;
}

/** Returns a job; undefined if Redis has no valid job with this ID. */
async function readJob(queue: Queue, id: string): Promise<Job | undefined> {
  try {
    return await Job.fromId(queue, id);
  } catch {
    return undefined;
  }
}

async function retryAll(queues: Queue[]): Promise<void> {
  const started = Date.now();
  for (const queue of queues) {
    let count = 0;
    let left = 0;
    for (let ids = await oldest(queue, left); ids.length > 0; ids = await oldest(queue, left)) {
      for (const id of ids) {
        const job = await readJob(queue, id);
        // Skip jobs that failed again after this command had retried them.
        const isPutBack = job !== undefined && (job.finishedOn ?? 0) < started && (await putBack(job));
        if (isPutBack) count += 1;
        else left += 1;
      }
    }
    console.log(`${plain(queue.name)}: ${count} queued again`);
  }

  function oldest(queue: Queue, left: number): Promise<string[]> {
    return queue.getRanges(['failed'], left, left + pageSize - 1, true);
  }
}

async function retryOne(queues: Queue[], id: string, stack: string): Promise<void> {
  let found = false;
  for (const queue of queues) {
    const job = await readJob(queue, id);
    if (!job || !(await job.isFailed()) || !(await putBack(job))) continue;
    console.log(`${plain(queue.name)}: ${plain(id)} queued again`);
    found = true;
  }
  if (found) return;
  throw new UserError(`There is no failed job "${id}" in ${stack}. Next: ${railheadCommand(stack, 'jobs')}`);
}

/** Queues a failed job again with all its attempts. Returns false if the job is no longer failed. */
function putBack(job: Job): Promise<boolean> {
  return job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }).then(
    () => true,
    () => false,
  );
}

function describe(queue: Queue, job: Job): string {
  const data: unknown = job.data;
  const correlation =
    typeof data === 'object' && data !== null && 'correlationId' in data && data.correlationId;
  const time = new Date(job.finishedOn ?? job.timestamp);
  const parts = [
    plain(queue.name),
    plain(job.id),
    plain(job.name),
    `${job.attemptsMade} attempt${job.attemptsMade === 1 ? '' : 's'}`,
    `failed ${Number.isNaN(time.getTime()) ? 'at an unknown time' : time.toISOString()}`,
    ...(typeof correlation === 'string' ? [`correlation ${plain(correlation)}`] : []),
  ];
  return `${parts.join('  ')}\n    ${withoutSecrets(job.failedReason)}`;
}

/** Returns the first line of a reason, with the user and password of URLs masked. */
function withoutSecrets(reason: string | undefined): string {
  const [line = ''] = (reason ?? 'no reason given').split('\n', 1);
  return plain(line.replace(/(\w:\/\/)[^\s/@]*@/g, '$1…@'), 300);
}

/** Returns text from Redis as one line of at most `length`, without control characters, which could steer the terminal. */
function plain(text: unknown, length = 80): string {
  const shown = String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ');
  return shown.length > length ? `${shown.slice(0, length - 1)}…` : shown;
}
