import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { createTokenSigner } from 'railhead/service-token';
import { startRota, type TestRota } from '../../tests/rota.ts';

let rota: TestRota;

beforeAll(async () => {
  rota = await startRota();
});
afterAll(() => rota.close());

test('old rows are deleted, recent rows and unpublished events stay', async () => {
  const { app } = await rota.startApi();
  const shift = '5f0c6b0e-6f1f-4c1e-9d43-6a4f4f1c9a11';
  await rota.sql(
    `insert into notifications (event_id, kind, shift_id, message, created_at)
     select 'days ' || days, 'test', $1, 'x', now() - make_interval(days => days) from unnest(array[89, 91]) days`,
    [shift],
  );
  await rota.sql(
    `insert into reports (week, created_at)
     select '2026-11-16', now() - make_interval(days => days) from unnest(array[89, 91]) days`,
  );
  await rota.sql(
    `insert into outbox (kind, shift_id, shift, correlation_id, published_at)
     select 'test', $1, '{}', 'days ' || days, now() - make_interval(days => days) from unnest(array[6, 8]) days`,
    [shift],
  );
  // Deleting a report deletes its event.
  await rota.sql(
    `insert into outbox (kind, report_id, correlation_id, created_at, published_at)
     select 'test', id, 'of an old report', now(), now() from reports where created_at < now() - interval '90 days'`,
  );

  const clean = async () => {
    const token = await createTokenSigner(rota.keys.privateKey, { issuer: 'worker', audience: 'api' });
    const headers = { authorization: `Bearer ${await token()}` };
    const response = await app.inject({ method: 'POST', url: '/internal/cleanup', headers });
    return response.json<object>();
  };
  assert.deepEqual(await clean(), { notifications: 1, reports: 1, events: 1 });
  assert.deepEqual(await clean(), { notifications: 0, reports: 0, events: 0 });
  const left = await rota.sql<{ what: string }>(
    `select event_id as what from notifications union all select correlation_id from outbox`,
  );
  assert.deepEqual(left.rows.map(({ what }) => what).toSorted(), ['days 6', 'days 89']);
});
