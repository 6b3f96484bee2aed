import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import type { Static } from 'typebox';
import { createTokenSigner } from 'railhead/service-token';
import { startRota, type TestRota } from '../../../tests/rota.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { Report } from '../../shared/report.ts';
import type { Server } from '../../shared/server.ts';
import type { ReportPage } from './schema.ts';

let rota: TestRota;
let app: Server;

beforeAll(async () => {
  rota = await startRota();
  app = (await rota.startApi()).app;
});
afterAll(() => rota.close());

test('repeated and concurrent requests with one key create one report', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask('2026-11-18', 'key-1')));
  const codes = answers.map(({ statusCode }) => statusCode).toSorted();
  assert.deepEqual(codes, [...Array<number>(7).fill(200), 202]);
  assert.equal(new Set(answers.map(({ body }) => body)).size, 1);
  const report = answers[0]!.json<Report>();
  assert.deepEqual([report.week, report.employees, report.completedAt], ['2026-11-16', null, null]);
  const { rows } = await rota.sql<{ kind: string; correlation_id: string }>(
    'select kind, correlation_id from outbox where report_id = $1',
    [report.id],
  );
  assert.deepEqual(rows, [{ kind: 'report.requested', correlation_id: 'test' }]);
});

test('a key is valid for one week, and without a key every request creates a report', async () => {
  const reused = await ask('2026-11-23', 'key-1');
  assert.deepEqual([reused.statusCode, reused.json<ErrorBody>().error.code], [422, 'key_reused']);
  const ids = [await ask('2026-11-23'), await ask('2026-11-23')].map((answer) => answer.json<Report>().id);
  assert.equal(new Set(ids).size, 2);
  const { data, meta } = (await app.inject('/api/v1/reports?pageSize=2')).json<Static<typeof ReportPage>>();
  assert.deepEqual(
    data.map(({ id }) => id),
    ids.toReversed(),
    'newest first',
  );
  assert.deepEqual(meta, { page: 1, pageSize: 2, total: 3 });
});

test('when the event cannot be stored, the report is rolled back', async () => {
  await rota.sql(`alter table outbox add constraint refuse check (correlation_id <> 'refuse')`);
  assert.equal((await ask('2026-12-07', undefined, 'refuse')).statusCode, 500);
  const { rows } = await rota.sql(`select from reports where week = '2026-12-07'`);
  assert.equal(rows.length, 0);
});

test('an invalid date is refused', async () => {
  for (const week of ['2026-02-30', '2026-11', 'x', '2026-11-16T00:00:00Z']) {
    const answer = await ask(week);
    assert.equal(answer.statusCode, 400, week);
    assert.deepEqual(answer.json<ErrorBody>().error.details, [
      { path: '/week', message: 'must be a date such as 2026-03-02' },
    ]);
  }
});

test('the first result of a report stays, and only the worker may store one', async () => {
  const { id } = (await ask('2026-11-16')).json<Report>();
  const result = (hours: number) => ({ employees: [{ employee: 'Ada', shifts: 1, hours }] });
  const token = await createTokenSigner(rota.keys.privateKey, { issuer: 'worker', audience: 'api' });
  const webToken = await createTokenSigner(rota.keys.privateKey, { issuer: 'web', audience: 'api' });
  const bring = async (url: string, hours: number, bearer: string) =>
    app.inject({
      method: 'PUT',
      url,
      headers: { authorization: `Bearer ${bearer}` },
      payload: result(hours),
    });
  const url = `/internal/reports/${id}`;
  assert.equal((await bring(url, 1, await webToken())).statusCode, 401);
  const first = await bring(url, 8, await token());
  assert.deepEqual(first.json<Report>().employees, result(8).employees);
  assert.notEqual(first.json<Report>().completedAt, null);
  const second = await bring(url, 9, await token());
  assert.equal(second.body, first.body);
  const unknown = url.replace(id, '5f0c6b0e-6f1f-4c1e-9d43-6a4f4f1c9a11');
  assert.equal((await bring(unknown, 8, await token())).statusCode, 404);
});

test('without Redis a report is created at once, and its event waits', async () => {
  await rota.redis.stop();
  const started = Date.now();
  const { id } = (await ask('2026-11-30')).json<Report>();
  // A Redis command times out after 5 s.
  assert.ok(Date.now() - started < 4_000, `${Date.now() - started} ms`);
  const { rows } = await rota.sql('select from outbox where report_id = $1 and published_at is null', [id]);
  assert.equal(rows.length, 1);
  await rota.redis.start();
});

function ask(week: string, key?: string, correlationId = 'test') {
  const headers = { 'x-correlation-id': correlationId, ...(key && { 'idempotency-key': key }) };
  return app.inject({ method: 'POST', url: '/api/v1/reports', headers, payload: { week } });
}
