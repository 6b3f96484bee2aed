import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { InjectOptions } from 'fastify';
import type { Static } from 'typebox';
import { startRota, type TestRota } from '../../../tests/rota.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { VersionedShift } from '../../shared/shift.ts';
import type { Server } from '../../shared/server.ts';
import type { ShiftPage } from './schema.ts';

let rota: TestRota;
let app: Server;

before(async () => {
  rota = await startRota();
  app = (await rota.startApi()).app;
});
after(() => rota.close());
beforeEach(() => rota.sql('truncate shifts'));

const monday = {
  employee: 'Ada',
  role: 'barista',
  start: '2026-03-02T09:00:00Z',
  end: '2026-03-02T17:00:00Z',
};

test('a shift is created, listed, changed and deleted', async () => {
  const created = await call('POST', '', { ...monday, employee: '  Ada ', note: 'opens up' });
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
  assert.deepEqual(await list(), {
    data: [created.body],
    meta: { page: 1, pageSize: 50, total: 1 },
  });

  const changed = await call('PATCH', `/${id}`, { end: '2026-03-02T19:00:00+01:00', note: null });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.end, '2026-03-02T18:00:00.000Z');
  assert.equal(changed.body.note, null);
  assert.equal(changed.body.employee, 'Ada');
  assert.ok(changed.body.updatedAt > updatedAt);
  assert.equal(changed.body.version, 2);
  assert.deepEqual(await call('GET', `/${id}`), changed);

  const deleted = await call('DELETE', `/${id}`);
  assert.equal(deleted.status, 204);
  assert.equal(deleted.text, '');
  assert.equal((await list()).meta.total, 0);
});

test('a shift that is not there is a 404', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  for (const response of [
    await call('GET', `/${id}`),
    await call('PATCH', `/${id}`, { role: 'chef' }),
    await call('DELETE', `/${id}`),
  ]) {
    assert.equal(response.status, 404);
    assert.equal(response.error?.code, 'not_found');
  }
});

test('pages are stable, complete and in order of time', async () => {
  for (let day = 9; day >= 1; day--) await call('POST', '', at(day));
  const pages = [];
  for (const page of [1, 2, 3, 4]) pages.push(await list(`?page=${page}&pageSize=4`));
  assert.deepEqual(
    pages.map(({ data }) => data.map(({ start }) => Number(start.slice(8, 10)))),
    [[1, 2, 3, 4], [5, 6, 7, 8], [9], []],
  );
  assert.deepEqual(pages[3]?.meta, { page: 4, pageSize: 4, total: 9 });
});

test('from and to choose the shifts that touch that time', async () => {
  for (const day of [1, 2, 3, 4]) await call('POST', '', at(day));
  await call('POST', '', {
    ...monday,
    employee: 'Night',
    start: '2026-03-01T22:00:00Z',
    end: '2026-03-02T06:00:00Z',
  });
  const employees = async (query: string) =>
    (await list(query)).data.map(({ employee, start }) => `${employee} ${start.slice(8, 10)}`);
  assert.deepEqual(await employees('?from=2026-03-02&to=2026-03-04'), ['Night 01', 'Ada 02', 'Ada 03']);
  assert.deepEqual(await employees('?from=2026-03-02T06:00:00Z&to=2026-03-03'), ['Ada 02']);
  assert.deepEqual(await employees('?from=2026-03-04T16:59:59%2B00:00'), ['Ada 04']);
  assert.deepEqual(await employees('?to=2026-03-01T09:00:00Z'), []);
});

test('everything that is wrong with a body is told at once', async () => {
  const response = await call('POST', '', {
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
  'half a character': [{ employee: 'Ada\ud800' }, '/employee'],
  'text that turns around what follows': [{ role: 'gpj.\u202eexe' }, '/role'],
  'an isolate that nobody closes': [{ note: '\u2067note' }, '/note'],
  'a name that nobody can see': [{ employee: '\u200b\u00ad' }, '/employee'],
  'a name of two lines': [{ employee: 'Ada\u2028Grace' }, '/employee'],
  'year 10000': [{ end: '+10000-01-01T00:00:00Z' }, '/end'],
};
for (const [name, [change, path]] of Object.entries(invalid)) {
  test(`refused: ${name}`, async () => {
    const created = await call('POST', '', { ...monday, ...change });
    assert.equal(created.status, 400, created.text);
    assert.deepEqual(paths(created), [path]);

    const { id } = (await call('POST', '', monday)).body;
    const changed = await call('PATCH', `/${id}`, change);
    assert.equal(changed.status, 400, changed.text);
    assert.deepEqual(paths(changed), [path]);
  });
}

const badRequests: Record<string, [InjectOptions, number]> = {
  'an id that is none': [{ method: 'DELETE', url: '/api/v1/shifts/1%27%20or%201' }, 400],
  'a change of nothing': [
    { method: 'PATCH', url: `/api/v1/shifts/${crypto.randomUUID()}`, payload: {} },
    400,
  ],
  'a query that is wrong': [
    { url: '/api/v1/shifts?page=0&pageSize=201&from=yesterday&form=2026-03-02' },
    400,
  ],
  'half a page': [{ url: '/api/v1/shifts?page=1.5' }, 400],
  'a body that is not JSON': [post('{'), 400],
  'a body that is a list': [post('[]'), 400],
  'a body that sets __proto__': [post('{"__proto__":{"a":1}}'), 400],
  'a body of another type': [{ ...post('a=1'), headers: { 'content-type': 'text/csv' } }, 415],
  'a body that is too large': [post(JSON.stringify({ note: 'a'.repeat(70_000) })), 413],
  'a path that is not there': [{ url: '/api/v2/shifts' }, 404],
  'a path that cannot be decoded': [{ url: '/api/v1/%zz' }, 400],
};
for (const [name, [request, status]] of Object.entries(badRequests)) {
  test(`an error body and no stack for ${name}`, async () => {
    const response = await app.inject(request);
    assert.equal(response.statusCode, status, response.body);
    const { error } = response.json<ErrorBody>();
    assert.ok(error.code && error.message);
    assert.doesNotMatch(response.body, /node_modules|\.ts:|"stack"/);
  });
}

test('one employee cannot be in two places, also when both requests come at once', async () => {
  const overlapping = Array.from({ length: 12 }, (_, hour) => ({
    ...monday,
    employee: hour % 2 ? 'ada' : 'Ada',
    start: `2026-03-02T${String(hour + 1).padStart(2, '0')}:00:00Z`,
    end: '2026-03-02T18:00:00Z',
  }));
  const responses = await Promise.all(overlapping.map((shift) => call('POST', '', shift)));
  assert.deepEqual(responses.map(({ status }) => status).toSorted(), [201, ...Array<number>(11).fill(409)]);
  const refused = responses.find(({ status }) => status === 409);
  assert.deepEqual(refused?.error, {
    code: 'overlap',
    message: 'This employee already has a shift at that time.',
  });
  assert.equal((await list()).meta.total, 1);
});

test('shifts may follow each other and overlap those of others', async () => {
  await call('POST', '', monday);
  const next = { ...monday, start: monday.end, end: '2026-03-02T20:00:00Z' };
  const created = await call('POST', '', next);
  assert.equal(created.status, 201);
  assert.equal((await call('POST', '', { ...monday, employee: 'Grace' })).status, 201);
  assert.equal((await call('PATCH', `/${created.body.id}`, { start: '2026-03-02T16:59:00Z' })).status, 409);
});

test('of thirty changes to what was read once, one is made and the others are told', async () => {
  const { body, etag } = await call('POST', '', monday);
  assert.equal(etag, '"1"');
  const changes = Array.from({ length: 30 }, (_, index) =>
    call('PATCH', `/${body.id}`, { note: `note ${index}` }, { 'if-match': etag }),
  );
  const answers = await Promise.all(changes);
  const made = answers.filter(({ status }) => status === 200);
  assert.equal(made.length, 1);
  assert.equal(made[0]?.etag, '"2"');
  const told = answers.filter(({ status }) => status === 412);
  assert.equal(told.length, 29);
  assert.equal(told[0]?.error?.code, 'changed');
  assert.deepEqual((await list()).data, [made[0]?.body]);
  assert.equal((await call('DELETE', `/${body.id}`, undefined, { 'if-match': etag })).status, 412);
  assert.equal((await call('DELETE', `/${body.id}`, undefined, { 'if-match': '"2"' })).status, 204);
});

test('a change says which version it is of', async () => {
  const { id } = (await call('POST', '', monday)).body;
  const change = async (ifMatch?: string) => {
    const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    return (await call('PATCH', `/${id}`, { role: 'chef' }, headers)).status;
  };
  assert.equal(await change(), 428);
  assert.equal((await call('DELETE', `/${id}`, undefined, {})).status, 428);
  assert.equal(await change('1'), 400);
  assert.equal(await change('W/"1"'), 412);
  assert.equal(await change('"7", "1"'), 200);
  assert.equal(await change('*'), 200);
  assert.equal((await call('GET', `/${id}`)).etag, '"3"');
});

test('the correlation id comes back, a harmful one is replaced', async () => {
  const send = (id: string) => app.inject({ url: '/health', headers: { 'x-correlation-id': id } });
  assert.equal((await send('abc-1')).headers['x-correlation-id'], 'abc-1');
  assert.match(String((await send('a b\u00e9')).headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
});

type Page = Static<typeof ShiftPage>;

async function list(query = ''): Promise<Page> {
  return (await call<Page>('GET', query)).body;
}

async function call<Body = VersionedShift>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  headers: Record<string, string> = { 'if-match': '*' },
) {
  const url = `/api/v1/shifts${path}`;
  const response = await app.inject({ method, url, headers, ...(payload && { payload }) });
  const { statusCode: status, body: text } = response;
  const body = text === '' ? {} : response.json<object>();
  const { etag } = response.headers;
  return { status, text, etag, body: body as Body, error: (body as Partial<ErrorBody>).error };
}

function post(payload: string): InjectOptions {
  return { method: 'POST', url: '/api/v1/shifts', payload, headers: { 'content-type': 'application/json' } };
}

function at(day: number) {
  return { ...monday, start: `2026-03-0${day}T09:00:00Z`, end: `2026-03-0${day}T17:00:00Z` };
}

function paths({ error }: { error: ErrorBody['error'] | undefined }): string[] {
  return (error?.details ?? []).map(({ path }) => path).toSorted();
}
