import { Command } from '@commander-js/extra-typings';
import { Queue, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { npmCommand, railheadCommand } from '../commands.ts';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { UserError } from '../stack/problem.ts';
import { environmentPaths } from '../targets/process/paths.ts';
import { listWorkloads } from '../targets/process/supervisor/workloads.ts';
import { stackOption, valueOption } from './options.ts';

export const command = new Command('jobs')
  .description('Show the failed jobs of all queues, newest first, or put them back in line.')
  .addOption(stackOption())
  .addOption(valueOption('--retry <id>', 'put this one back in line, or `all` of them'))
  .action(({ stack = 'dev', retry }) => showJobs(stack, retry));

/** How many of a queue are shown, and put back at a time. */
const pageSize = 100;

/** Throws UserError. */
async function showJobs(stack: string, retry: string | undefined): Promise<void> {
  const connections = await connect(redisUrls(stack), stack);
  try {
    const queues = (await Promise.all(connections.map(openQueues))).flat();
    if (retry === undefined) await list(queues);
    else if (retry === 'all') await retryAll(queues);
    else await retryOne(queues, retry, stack);
  } finally {
    for (const redis of connections) redis.disconnect();
  }
}

/** Every Redis that a service of the environment is given as REDIS_URL. */
function redisUrls(stack: string): string[] {
  const { target } = readEnvironment(stack);
  if (target !== 'process') {
    throw new UserError(`${stack} is on ${target}, and jobs can find Redis only on the target process.`);
  }
  const workloads = listWorkloads(environmentPaths(repositoryRoot, stack).services);
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
      // The rejection of `connect` says the same.
      redis.on('error', () => {});
      try {
        await redis.connect();
        return redis;
      } catch {
        // The error itself may name the URL, which holds a password.
        throw new UserError(
          `The Redis of ${stack} cannot be reached. Next: ${railheadCommand(stack, 'status')}`,
        );
      }
    }),
  );
}

/** The BullMQ queues of a Redis, in order of name, found by the key that each has. */
async function openQueues(connection: Redis): Promise<Queue[]> {
  const names = new Set<string>();
  for await (const keys of connection.scanStream({ match: 'bull:*:meta', count: 1_000 })) {
    for (const key of keys as string[]) names.add(key.slice('bull:'.length, -':meta'.length));
  }
  return [...names].toSorted().map((name) => new Queue(name, { connection, skipMetasUpdate: true }));
}

async function list(queues: Queue[]): Promise<void> {
  let total = 0;
  for (const queue of queues) {
    const jobs = await queue.getFailed(0, pageSize - 1);
    const count = await queue.getFailedCount();
    for (const job of jobs) console.log(describe(queue, job));
    if (count > jobs.length) console.log(`${queue.name}: and ${count - jobs.length} older ones`);
    total += count;
  }
  if (total === 0) console.log('There are no failed jobs.');
}

async function retryAll(queues: Queue[]): Promise<void> {
  const started = Date.now();
  for (const queue of queues) {
    let count = 0;
    for (let jobs = await oldest(queue); jobs.length > 0; jobs = await oldest(queue)) {
      for (const job of jobs) await putBack(job);
      count += jobs.length;
    }
    console.log(`${queue.name}: ${count} put back in line`);
  }

  /** Without those that have just been put back and failed at once. */
  async function oldest(queue: Queue): Promise<Job[]> {
    const jobs = await queue.getJobs('failed', 0, pageSize - 1, true);
    return jobs.filter(({ finishedOn = 0 }) => finishedOn < started);
  }
}

async function retryOne(queues: Queue[], id: string, stack: string): Promise<void> {
  let found = false;
  for (const queue of queues) {
    const job = await queue.getJob(id);
    if (!job || !(await job.isFailed())) continue;
    await putBack(job);
    console.log(`${queue.name}: ${id} put back in line`);
    found = true;
  }
  if (found) return;
  throw new UserError(`There is no failed job "${id}" in ${stack}. Next: ${railheadCommand(stack, 'jobs')}`);
}

/** With all its attempts. */
function putBack(job: Job): Promise<void> {
  return job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
}

function describe(queue: Queue, job: Job): string {
  const { correlationId } = job.data as { correlationId?: unknown };
  const parts = [
    queue.name,
    job.id,
    job.name,
    `${job.attemptsMade} attempt${job.attemptsMade === 1 ? '' : 's'}`,
    `failed ${new Date(job.finishedOn ?? job.timestamp).toISOString()}`,
    ...(typeof correlationId === 'string' ? [`correlation ${correlationId}`] : []),
  ];
  return `${parts.join('  ')}\n    ${withoutSecrets(job.failedReason ?? 'no reason was given')}`;
}

/** One line, without what a URL may hold before its host. */
function withoutSecrets(reason: string): string {
  const line = (reason.split('\n', 1)[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 300);
  return line.replace(/(\w:\/\/)[^\s/@]*@/g, '$1…@');
}
