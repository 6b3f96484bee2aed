import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import type { InjectOptions } from 'fastify';
import type { ErrorBody } from '../../shared/errors.ts';
import { monday, openShifts, type ShiftsApi } from './testing.ts';

let api: ShiftsApi;

beforeAll(async () => {
  api = await openShifts();
});
afterAll(() => api.close());
beforeEach(() => api.clear());

test('a shift is created, listed, changed and deleted', async () => {
  const created = await api.call('POST', '', { ...monday, employee: '  Ada ', note: 'opens up' });
  assert.equal(created.status, 201);
  const { id, createdAt, updatedAt, ...rest } = created.body;
  assert.deepEqual(rest, {
    employee: 'Ada',
    role: 'barista',
    start: '2026-03-02T09:00:00.000Z',
    end: '2026-03-02T17:00:00.000Z',
    note: 'opens up',
    version: 1,
  });
  assert.equal(createdAt, updatedAt);
  assert.deepEqual(await api.list(), {
    data: [created.body],
    meta: { page: 1, pageSize: 50, total: 1 },
  });

  const changed = await api.call('PATCH', `/${id}`, { end: '2026-03-02T19:00:00+01:00', note: null });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.end, '2026-03-02T18:00:00.000Z');
  assert.equal(changed.body.note, null);
  assert.equal(changed.body.employee, 'Ada');
  assert.ok(changed.body.updatedAt > updatedAt);
  assert.equal(changed.body.version, 2);
  assert.deepEqual(await api.call('GET', `/${id}`), changed);

  const deleted = await api.call('DELETE', `/${id}`);
  assert.equal(deleted.status, 204);
  assert.equal(deleted.text, '');
  assert.equal((await api.list()).meta.total, 0);
});

test('an unknown shift is a 404', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  for (const response of [
    await api.call('GET', `/${id}`),
    await api.call('PATCH', `/${id}`, { role: 'chef' }),
    await api.call('DELETE', `/${id}`),
  ]) {
    assert.equal(response.status, 404);
    assert.equal(response.error?.code, 'not_found');
  }
});

test('pages are stable, complete and in order of time', async () => {
  for (let day = 9; day >= 1; day--) await api.call('POST', '', at(day));
  const pages = [];
  for (const page of [1, 2, 3, 4]) pages.push(await api.list(`?page=${page}&pageSize=4`));
  assert.deepEqual(
    pages.map(({ data }) => data.map(({ start }) => Number(start.slice(8, 10)))),
    [[1, 2, 3, 4], [5, 6, 7, 8], [9], []],
  );
  assert.deepEqual(pages[3]?.meta, { page: 4, pageSize: 4, total: 9 });
});

test('from and to select the shifts that overlap that time', async () => {
  for (const day of [1, 2, 3, 4]) await api.call('POST', '', at(day));
  await api.call('POST', '', {
    ...monday,
    employee: 'Night',
    start: '2026-03-01T22:00:00Z',
    end: '2026-03-02T06:00:00Z',
  });
  const employees = async (query: string) =>
    (await api.list(query)).data.map(({ employee, start }) => `${employee} ${start.slice(8, 10)}`);
  assert.deepEqual(await employees('?from=2026-03-02&to=2026-03-04'), ['Night 01', 'Ada 02', 'Ada 03']);
  assert.deepEqual(await employees('?from=2026-03-02T06:00:00Z&to=2026-03-03'), ['Ada 02']);
  assert.deepEqual(await employees('?from=2026-03-04T16:59:59%2B00:00'), ['Ada 04']);
  assert.deepEqual(await employees('?to=2026-03-01T09:00:00Z'), []);
});

test('all problems of a body are reported at once', async () => {
  const response = await api.call('POST', '', {
    employee: ' ',
    start: '2026-03-02T09:00',
    end: 5,
    note: 'a\u0000',
    boss: 1,
  });
  assert.equal(response.status, 400);
  assert.equal(response.error?.code, 'validation');
  assert.deepEqual(paths(response), ['/boss', '/employee', '/end', '/note', '/role', '/start']);
});

const invalid: Record<string, [object, string]> = {
  'end before start': [{ end: '2026-03-02T08:00:00Z' }, '/end'],
  'no length': [{ end: monday.start }, '/end'],
  'more than a day': [{ end: '2026-03-03T09:00:01Z' }, '/end'],
  'long name': [{ employee: 'a'.repeat(101) }, '/employee'],
  'long note': [{ note: 'a'.repeat(501) }, '/note'],
  'a lone surrogate': [{ employee: 'Ada\ud800' }, '/employee'],
  'a mark that reverses text': [{ role: 'gpj.\u202eexe' }, '/role'],
  'an unclosed isolate': [{ note: '\u2067note' }, '/note'],
  'an invisible name': [{ employee: '\u200b\u00ad' }, '/employee'],
  'a name of two lines': [{ employee: 'Ada\u2028Grace' }, '/employee'],
  'year 10000': [{ end: '+10000-01-01T00:00:00Z' }, '/end'],
};
for (const [name, [change, path]] of Object.entries(invalid)) {
  test(`refused: ${name}`, async () => {
    const created = await api.call('POST', '', { ...monday, ...change });
    assert.equal(created.status, 400, created.text);
    assert.deepEqual(paths(created), [path]);

    const { id } = (await api.call('POST', '', monday)).body;
    const changed = await api.call('PATCH', `/${id}`, change);
    assert.equal(changed.status, 400, changed.text);
    assert.deepEqual(paths(changed), [path]);
  });
}

const badRequests: Record<string, [InjectOptions, number]> = {
  'an invalid id': [{ method: 'DELETE', url: '/api/v1/shifts/1%27%20or%201' }, 400],
  'a change without fields': [
    { method: 'PATCH', url: `/api/v1/shifts/${crypto.randomUUID()}`, payload: {} },
    400,
  ],
  'an invalid query': [{ url: '/api/v1/shifts?page=0&pageSize=201&from=yesterday&form=2026-03-02' }, 400],
  'a fractional page': [{ url: '/api/v1/shifts?page=1.5' }, 400],
  'a body that is not JSON': [post('{'), 400],
  'a body that is a list': [post('[]'), 400],
  'a body that sets __proto__': [post('{"__proto__":{"a":1}}'), 400],
  'a body of another type': [{ ...post('a=1'), headers: { 'content-type': 'text/csv' } }, 415],
  'a body that is too large': [post(JSON.stringify({ note: 'a'.repeat(70_000) })), 413],
  'an unknown path': [{ url: '/api/v2/shifts' }, 404],
  'a path that cannot be decoded': [{ url: '/api/v1/%zz' }, 400],
};
for (const [name, [request, status]] of Object.entries(badRequests)) {
  test(`an error body and no stack for ${name}`, async () => {
    const response = await api.inject(request);
    assert.equal(response.statusCode, status, response.body);
    const { error } = response.json<ErrorBody>();
    assert.ok(error.code && error.message);
    assert.doesNotMatch(response.body, /node_modules|\.ts:|"stack"/);
  });
}

test('one employee cannot have two shifts at a time, even from concurrent requests', async () => {
  const overlapping = Array.from({ length: 12 }, (_, hour) => ({
    ...monday,
    employee: hour % 2 ? 'ada' : 'Ada',
    start: `2026-03-02T${String(hour + 1).padStart(2, '0')}:00:00Z`,
    end: '2026-03-02T18:00:00Z',
  }));
  const responses = await Promise.all(overlapping.map((shift) => api.call('POST', '', shift)));
  assert.deepEqual(responses.map(({ status }) => status).toSorted(), [201, ...Array<number>(11).fill(409)]);
  const refused = responses.find(({ status }) => status === 409);
  assert.deepEqual(refused?.error, {
    code: 'overlap',
    message: 'This employee already has a shift at that time.',
  });
  assert.equal((await api.list()).meta.total, 1);
});

test('shifts may follow each other and overlap those of other employees', async () => {
  await api.call('POST', '', monday);
  const next = { ...monday, start: monday.end, end: '2026-03-02T20:00:00Z' };
  const created = await api.call('POST', '', next);
  assert.equal(created.status, 201);
  assert.equal((await api.call('POST', '', { ...monday, employee: 'Grace' })).status, 201);
  assert.equal(
    (await api.call('PATCH', `/${created.body.id}`, { start: '2026-03-02T16:59:00Z' })).status,
    409,
  );
});

test('the response has the correlation id, and a malformed one is replaced', async () => {
  const send = (id: string) => api.inject({ url: '/health', headers: { 'x-correlation-id': id } });
  assert.equal((await send('abc-1')).headers['x-correlation-id'], 'abc-1');
  assert.match(String((await send('a b\u00e9')).headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
});

function post(payload: string): InjectOptions {
  return { method: 'POST', url: '/api/v1/shifts', payload, headers: { 'content-type': 'application/json' } };
}

function at(day: number) {
  return { ...monday, start: `2026-03-0${day}T09:00:00Z`, end: `2026-03-0${day}T17:00:00Z` };
}

function paths({ error }: { error: ErrorBody['error'] | undefined }): string[] {
  return (error?.details ?? []).map(({ path }) => path).toSorted();
}
