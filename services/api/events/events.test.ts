import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { eventually } from '../../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../../tests/rota.ts';
import type { EventJob } from '../../shared/jobs.ts';
import { createQueue } from '../../shared/queues.ts';
import type { Server } from '../../shared/server.ts';
import type { Shift } from '../../shared/shift.ts';
import { reconcile } from './reconciler.ts';

let rota: TestRota;
let near: { app: Server; url: string };
let far: { app: Server; url: string };

beforeAll(async () => {
  rota = await startRota();
  [near, far] = await Promise.all([rota.startApi(), rota.startApi()]);
});
afterAll(() => rota.close());

interface Message {
  type: string;
  shift: { id: string; employee: string; role: string };
  correlationId: string;
}

test('a refused write leaves no event, an accepted one leaves one', async () => {
  const before = await outbox();
  const first = await create('Ada', 1);
  assert.equal(first.statusCode, 201);
  assert.equal((await create('Ada', 1)).statusCode, 409);
  const events = (await outbox()).slice(before.length);
  assert.deepEqual(
    events.map(({ kind, shift_id }) => [kind, shift_id]),
    [['shift.created', first.json<Shift>().id]],
  );
});

test('when the event cannot be stored, the write is rolled back', async () => {
  await rota.sql(`alter table outbox add constraint no_mallory check (shift ->> 'employee' <> 'Mallory')`);
  assert.equal((await create('Mallory', 1)).statusCode, 500);
  const { rows } = await rota.sql(`select * from shifts where employee = 'Mallory'`);
  assert.deepEqual(rows, []);
});

test('when the write cannot be committed, its event is rolled back too', async () => {
  await rota.sql(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
    create constraint trigger refuse_trudy after insert on shifts deferrable initially deferred
      for each row when (new.employee = 'Trudy') execute function refuse();
  `);
  const before = await outbox();
  assert.equal((await create('Trudy', 1)).statusCode, 500);
  assert.equal((await outbox()).length, before.length);
});

test('clients of every replica get every write, in order and with its correlation id', async () => {
  const live = await connect(far.url);
  const { id } = (await create('Grace', 2, 'story-1')).json<Shift>();
  for (let step = 1; step <= 10; step++) {
    await change('PATCH', id, { role: `step ${step}` });
  }
  await change('DELETE', id);
  const mine = await eventually(() => {
    const messages = live.messages.filter(({ shift }) => shift.id === id);
    return messages.length === 12 && messages;
  });
  assert.deepEqual(mine[0]?.type, 'shift.created');
  assert.equal(mine[0]?.correlationId, 'story-1');
  assert.deepEqual(
    mine.slice(1, 11).map(({ type, shift }) => `${type} ${shift.role}`),
    Array.from({ length: 10 }, (_, index) => `shift.updated step ${index + 1}`),
  );
  assert.equal(mine[11]?.type, 'shift.deleted');
  live.socket.close();
});

test('an event is one job, named by its id', async () => {
  const { id } = (await create('Linus', 3)).json<Shift>();
  const [event] = (await outbox()).filter(({ shift_id }) => shift_id === id);
  const connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  const queue = createQueue(connection, 'notifications');
  const job = await eventually(() => queue.getJob(event?.event_id ?? ''));
  assert.equal(job.name, 'shift.created');
  assert.equal('shift' in job.data && job.data.shift.id, id);
  assert.equal(job.opts.attempts, 8);
  await queue.close();
  connection.disconnect();
});

test('a stopping replica makes its clients reconnect', async () => {
  const leaving = await rota.startApi();
  const live = await connect(leaving.url);
  const closed = closing(live.socket);
  await leaving.app.close();
  assert.equal(await closed(), 1012);
});

test('without Redis writes are accepted, and published once it is back', async () => {
  const live = await connect(far.url);
  const closed = closing(live.socket);
  const pending = async () => (await outbox()).filter(({ published_at }) => published_at === null);
  await eventually(async () => (await pending()).length === 0);
  await rota.redis.stop();
  const started = Date.now();
  const { id } = (await create('Barbara', 4)).json<Shift>();
  // A Redis command times out after 5 s.
  assert.ok(Date.now() - started < 4_000, 'the write does not wait for Redis');
  assert.deepEqual(
    (await pending()).map(({ shift_id }) => shift_id),
    [id],
  );
  await rota.redis.start();
  await eventually(async () => (await pending()).length === 0);
  assert.equal(await closed(), 1012, 'clients may have missed events and must load the data again');
});

test('jobs that Redis has lost are added again', async () => {
  const { id } = (await create('Radia', 5)).json<Shift>();
  const [event] = await eventually(async () => {
    const mine = (await outbox()).filter(({ shift_id, published_at }) => shift_id === id && published_at);
    return mine.length > 0 && mine;
  });
  const pool = new Pool({ connectionString: rota.database.appUrl });
  const round = async (patience: number) => {
    const added: string[] = [];
    const addJobs = (events: EventJob[]) => {
      added.push(...events.map(({ eventId }) => eventId));
      return Promise.resolve();
    };
    await reconcile(pool, addJobs, patience);
    return added.includes(event?.event_id ?? '');
  };
  assert.equal(await round(60), false, 'its worker may still be running it');
  assert.equal(await round(0), true);
  await rota.sql(
    `insert into notifications (event_id, kind, shift_id, message) values ($1, 'shift.created', $2, 'done')`,
    [event?.event_id, id],
  );
  assert.equal(await round(0), false);
  await pool.end();
});

async function connect(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`);
  const messages: Message[] = [];
  socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as Message));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  return { socket, messages };
}

/** Returns the code with which the server closes the socket. */
function closing(socket: WebSocket): () => Promise<number> {
  let closed = 0;
  socket.addEventListener('close', ({ code }) => (closed = code));
  return () => eventually(() => closed);
}

function create(employee: string, day: number, correlationId = 'test') {
  return near.app.inject({
    method: 'POST',
    url: '/api/v1/shifts',
    headers: { 'x-correlation-id': correlationId },
    payload: {
      employee,
      role: 'barista',
      start: `2026-05-0${day}T09:00:00Z`,
      end: `2026-05-0${day}T17:00:00Z`,
    },
  });
}

function change(method: 'PATCH' | 'DELETE', id: string, payload?: object) {
  const headers = { 'if-match': '*' };
  return near.app.inject({ method, url: `/api/v1/shifts/${id}`, headers, ...(payload && { payload }) });
}

interface OutboxRow {
  event_id: string;
  kind: string;
  shift_id: string;
  published_at: Date | null;
}

async function outbox(): Promise<OutboxRow[]> {
  return (await rota.sql<OutboxRow>('select * from outbox order by sequence')).rows;
}
