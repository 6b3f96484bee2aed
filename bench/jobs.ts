import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { queuePlans } from '../services/shared/queues.ts';
import { compare, timed, type Row } from './compare.ts';
import { startProgram, type Program } from './program.ts';
import { startRota, type BenchRota } from './rota.ts';

const count = 2_000;
const reference = 'reference';

/**
 * Compares jobs per second, from adding the first job to storing the last notification. Both workers call the same
 * api.
 */
export async function bench(): Promise<Row[]> {
  const rota = await startRota();
  const connection = new Redis(rota.redisUrl);
  const workers: Program[] = [];
  try {
    const { databaseUrl, redisUrl, privateKey, api } = rota;
    const variables = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      API_URL: api.url,
      SIGNING_KEY: privateKey,
    };
    workers.push(await startProgram('services/worker/main.ts', variables, '/health/ready'));
    workers.push(await startProgram('bench/reference/worker.ts', { ...variables, QUEUE: reference }, '/'));
    const row = await compare('enqueue to done', {
      unit: '/s',
      goal: { atLeast: 0.7 },
      rounds: 5,
      ours: () => drain(rota, connection, 'notifications'),
      reference: () => drain(rota, connection, reference),
    });
    return [row];
  } finally {
    for (const worker of workers) await worker.stop();
    connection.disconnect();
    await rota.close();
  }
}

/** Returns the jobs per second of one queue and its worker. */
async function drain({ sql }: BenchRota, connection: Redis, name: string): Promise<number> {
  await sql('truncate notifications');
  const queue = new Queue(name, { connection, defaultJobOptions: queuePlans.notifications.jobs });
  const jobs = Array.from({ length: count }, newJob);
  const milliseconds = await timed(async () => {
    await queue.addBulk(jobs);
    while ((await sql('select count(*)::int from notifications')).rows[0]?.count !== count) await sleep(10);
  });
  await queue.close();
  return (count * 1000) / milliseconds;
}

function newJob() {
  const [eventId, id] = [randomUUID(), randomUUID()];
  const now = new Date().toISOString();
  const shift = {
    id,
    employee: 'Ada',
    role: 'barista',
    start: now,
    end: now,
    note: null,
    createdAt: now,
    updatedAt: now,
  };
  const kind = 'shift.created';
  return { name: kind, data: { eventId, kind, shift, correlationId: eventId }, opts: { jobId: eventId } };
}
