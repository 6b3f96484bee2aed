import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, test } from 'vitest';
import { Queue, UnrecoverableError, Worker } from 'bullmq';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { eventually } from '../../tools/testing/eventually.ts';
import { freePort, startRedis, type TestServer } from '../../tests/servers.ts';
import { writeSpec } from '../supervisor/files.ts';
import { makeClone, railhead, workloadOf } from './testing.ts';

let server: TestServer;
let connection: Redis;

beforeAll(async () => {
  server = await startRedis();
  connection = new Redis(server.url, { maxRetriesPerRequest: null });
});
afterAll(async () => {
  connection.disconnect();
  await server.close();
});

/** Creates a clone with the files of one running workload that has this REDIS_URL. */
function cloneWith(t: Parameters<typeof makeClone>[0], redisUrl: string): string {
  const clone = makeClone(t);
  const { folder, spec } = workloadOf(clone, 'anything', { env: { REDIS_URL: redisUrl } });
  mkdirSync(folder, { recursive: true });
  writeSpec(folder, { ...spec, request: '1' });
  return clone;
}

test('failed jobs of every queue are listed; one or all are retried, and succeed', async (t) => {
  const clone = cloneWith(t, server.url);
  const reason = 'cannot reach postgres://app:hunter2@db/rota\n    at secret.ts';
  const queues = ['mail', 'video'].map((name) => new Queue(name, { connection }));
  let broken = true;
  const attempts = new Map<string | undefined, number>();
  const workers = queues.map(({ name }) => {
    const work = (job: { id?: string }): Promise<void> => {
      attempts.set(job.id, (attempts.get(job.id) ?? 0) + 1);
      if (broken) throw new UnrecoverableError(reason);
      return attempts.get(job.id) === 2 ? Promise.reject(new Error('once more')) : Promise.resolve();
    };
    return new Worker(name, work, { connection });
  });
  t.onTestFinished(async () => void (await Promise.all([...workers, ...queues].map((part) => part.close()))));

  const none = await railhead(clone, 'jobs');
  assert.deepEqual([none.code, none.output], [0, 'There are no failed jobs.\n'], none.errors);
  await queues[0]?.add('send', { correlationId: 'story-1' }, { jobId: 'mail-1', attempts: 2 });
  await queues[1]?.add('cut', {}, { jobId: 'video-1', attempts: 2 });
  await queues[1]?.add('cut', {}, { jobId: 'video-2', attempts: 2 });
  const failed = async () => Promise.all(queues.map((queue) => queue.getFailedCount()));
  await eventually(async () => (await failed()).join() === '1,2');

  const { code, output } = await railhead(clone, 'jobs');
  assert.equal(code, 0);
  assert.match(output, /^mail {2}mail-1 {2}send {2}1 attempt {2}failed 20\S+Z {2}correlation story-1$/m);
  assert.match(output, /^ {4}cannot reach postgres:\/\/…@db\/rota$/m);
  assert.match(output, /^video {2}video-2 {2}cut /m);
  assert.doesNotMatch(output, /hunter2|secret/);

  broken = false;
  const one = await railhead(clone, 'jobs', '--retry', 'mail-1');
  assert.deepEqual([one.code, one.output], [0, 'mail: mail-1 queued again\n'], one.errors);
  await eventually(async () => (await queues[0]?.getJob('mail-1'))?.isCompleted());
  assert.equal(attempts.get('mail-1'), 3, 'the retried job has all its attempts');
  assert.deepEqual(await failed(), [0, 2]);
  const all = await railhead(clone, 'jobs', '--retry', 'all');
  assert.deepEqual([all.code, all.output], [0, 'mail: 0 queued again\nvideo: 2 queued again\n']);
  await eventually(async () => (await queues[1]?.getCompletedCount()) === 2);

  const unknown = await railhead(clone, 'jobs', '--retry', 'mail-1');
  assert.equal(unknown.code, 1);
  assert.match(
    unknown.errors,
    /^There is no failed job "mail-1" in dev\. Next: npx --no -- railhead jobs -s dev\n$/,
  );
});

test('the error for an unreachable Redis does not contain its password', async (t) => {
  const clone = cloneWith(t, `redis://:hunter2@127.0.0.1:${await freePort()}`);
  const { code, output, errors } = await railhead(clone, 'jobs');
  assert.equal(code, 1);
  assert.match(errors, /^The Redis of dev cannot be reached\. Next: npx --no -- railhead status -s dev\n$/);
  assert.doesNotMatch(output + errors, /hunter2/);
});

test('malformed jobs and keys in Redis do not crash the command', async (t) => {
  const clone = cloneWith(t, server.url);
  const queue = new Queue('odd', { connection });
  t.onTestFinished(() => queue.obliterate({ force: true }).finally(() => queue.close()));
  const long = 'n'.repeat(10_000);
  const jobs: Record<string, Record<string, string>> = {
    nothing: { name: 'empty', data: 'null', timestamp: '1' },
    long: { name: long, data: '"text"', timestamp: '1', failedReason: long },
    torn: { name: 'torn', data: '{"a":', timestamp: '1' },
    timeless: { name: '\u001b[2J\u202e', data: '[]', timestamp: 'soon', finishedOn: '9e99' },
    empty: {},
  };
  for (const [id, fields] of Object.entries(jobs)) {
    await connection.hset(`bull:odd:${id}`, { opts: '{}', ...fields });
    await connection.zadd('bull:odd:failed', Date.now(), id);
  }
  await connection.zadd('bull:odd:failed', Date.now(), 'gone');
  await connection.hset('bull:odd:meta', 'version', 'x');
  // Keys of another program in the form of BullMQ's keys.
  await connection.set('bull:text:failed', 'x');
  for (const key of ['bull:text:meta', 'bull:a:b:meta', 'bull::meta']) await connection.set(key, 'x');

  const { code, output, errors } = await railhead(clone, 'jobs');
  assert.deepEqual([code, errors], [0, '']);
  for (const id of [...Object.keys(jobs), 'gone']) assert.match(output, new RegExp(`^odd  ${id}  `, 'm'));
  assert.match(output, /^odd {2}torn {2}cannot be read/m);
  assert.match(output, /^text {2}cannot be read: /m);
  assert.ok(output.split('\n').every((line) => line.length < 400));
  assert.doesNotMatch(output, /[\u001b\u202e]/);
  await connection.del('bull:text:failed', 'bull:text:meta');
  const all = await railhead(clone, 'jobs', '--retry', 'all');
  assert.deepEqual([all.code, all.errors], [0, '']);
  assert.match(all.output, /^odd: [1-6] queued again$/m);
});

test('fuzz: a job with any content is listed', async (t) => {
  const clone = cloneWith(t, server.url);
  const queue = new Queue('fuzz', { connection });
  t.onTestFinished(() => queue.obliterate({ force: true }).finally(() => queue.close()));
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('null', '{}', '9e99', '-1', ''),
  );
  const names = [
    'name',
    'data',
    'opts',
    'timestamp',
    'finishedOn',
    'failedReason',
    'stacktrace',
    'returnvalue',
    'atm',
    'ats',
    'delay',
    'priority',
    'parent',
    'progress',
  ];
  const job = fc.dictionary(fc.constantFrom(...names), text);
  const samples = fc.sample(job, 90);
  await connection.hset('bull:fuzz:meta', 'version', 'x');
  for (const [index, fields] of samples.entries()) {
    await connection.hset(`bull:fuzz:j${index}`, { atm: '1', ...fields });
    await connection.zadd('bull:fuzz:failed', index, `j${index}`);
  }
  const { code, output, errors } = await railhead(clone, 'jobs');
  assert.deepEqual([code, errors], [0, ''], JSON.stringify(samples));
  assert.equal(output.match(/^fuzz  j\d+  /gm)?.length, samples.length);
});
