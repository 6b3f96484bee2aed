import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { Pool } from 'pg';
import { migrate } from '../../../tests/rota.ts';
import { startPostgres, type TestPostgres } from '../../../tests/servers.ts';
import type { EventJob } from '../../shared/jobs.ts';
import { transaction } from '../../shared/postgres.ts';
import { addEvent, claimEvents, markPublished } from './outbox.ts';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  const { ownerUrl, appUrl } = await postgres.createDatabase();
  await migrate(ownerUrl);
  pool = new Pool({ connectionString: appUrl, max: 20 });
});
afterAll(async () => {
  await pool.end();
  await postgres.close();
});

test('relays at the same time share the events, but not those of one shift', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  await add(first, 'one');
  const one = await pool.connect();
  await one.query('begin');
  assert.deepEqual((await claimEvents(one)).map(label), ['one']);
  await add(first, 'two');
  await add(second, 'other');
  const publishedByAnother = await publishOnce();
  assert.deepEqual(publishedByAnother, ['other'], 'event two must not be published before event one');
  await one.query('rollback');
  one.release();
  assert.deepEqual(await publishOnce(), ['one']);
  assert.deepEqual(await publishOnce(), ['two']);
  assert.deepEqual(await publishOnce(), []);
});

test('events that are committed late are published too, each once', async () => {
  let writing = true;
  const published: string[] = [];
  const relays = [1, 2, 3].map(async () => {
    for (;;) {
      const last = !writing;
      const labels = await publishOnce();
      published.push(...labels);
      if (last && labels.length === 0) return;
    }
  });
  const written = Array.from({ length: 300 }, (_, index) => `event ${index}`);
  const writers = [0, 1, 2, 3, 4, 5].map(async (writer) => {
    for (let index = writer; index < written.length; index += 6) {
      // Transactions commit in another order than that of their sequence numbers.
      await add(randomUUID(), `event ${index}`, (index * 7) % 20);
    }
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all(relays);
  assert.deepEqual(published.toSorted(), written.toSorted());
});

async function add(shiftId: string, name: string, delay = 0): Promise<void> {
  const time = new Date(0).toISOString();
  const shift = { id: shiftId, employee: name, role: '', start: time, end: time, note: null };
  const event = { kind: 'shift.updated' as const, correlationId: 'test' };
  await transaction(pool, async (client) => {
    await addEvent(client, { ...event, shift: { ...shift, createdAt: time, updatedAt: time } });
    await sleep(delay);
  });
}

function publishOnce(): Promise<string[]> {
  return transaction(pool, async (client) => {
    const events = await claimEvents(client);
    await markPublished(client, events);
    return events.map(label);
  });
}

function label(event: EventJob): string {
  return 'shift' in event ? event.shift.employee : event.report.week;
}
