import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { anyone } from '../../tests/rota.ts';
import { createLogger } from '../shared/logger.ts';
import type { Server } from '../shared/server.ts';
import type { NewShift } from './api/schema.ts';
import { createWeb } from './app.ts';
import { type StubApi, startStubApi } from './testing/stub-api.ts';

let stub: StubApi;
let app: Server;

beforeAll(async () => {
  stub = await startStubApi();
  const log = createLogger({ level: 'silent', service: 'web', replica: 'web-1' });
  const api = { url: stub.url, token: () => Promise.resolve('token') };
  ({ app } = createWeb({ service: 'web', replica: 'web-1', api, fromGateway: anyone }, log));
});

beforeEach(() => {
  stub.shifts.length = 0;
  stub.notifications.length = 0;
  stub.broken = undefined;
  stub.lost = 0;
});

afterAll(async () => {
  await app.close();
  await stub.close();
});

const week = '/weeks/2026-11-16';
const shift: NewShift = {
  employee: 'Ada',
  role: 'Barista',
  start: '2026-11-20T09:00:00.000Z',
  end: '2026-11-20T17:00:00.000Z',
  note: null,
};
const fields = {
  week: '2026-11-16',
  employee: 'Ada',
  role: 'Barista',
  date: '2026-11-20',
  start: '09:00',
  end: '17:00',
  note: '',
};

function post(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.inject({
    method: 'POST',
    url,
    headers: { ...type, ...headers },
    payload: new URLSearchParams(form).toString(),
  });
}

test('the page shows the week and escapes user input', async () => {
  stub.add({
    ...shift,
    employee: '<script>alert(1)</script>',
    role: '"><img src=x onerror=alert(1)>',
    note: "it's </a>",
  });
  const { statusCode, body, headers } = await app.inject({
    url: week,
    headers: { 'x-correlation-id': 'test-1' },
  });
  assert.equal(statusCode, 200);
  assert.match(body, /09:00–/);
  assert.doesNotMatch(body, /<script>|<img src=x|it's/);
  assert.match(String(headers['content-security-policy']), /default-src 'none'; script-src 'self'/);
  assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
  assert.doesNotMatch(body, /<script(?![^>]* src=)|\son\w+="|style="/);
  assert.equal(headers['cache-control'], 'no-store');
  assert.deepEqual(stub.correlationIds.slice(-2), ['test-1', 'test-1']);
});

test('an empty week invites the first shift', async () => {
  assert.match((await app.inject(week)).body, /Nobody is on the rota yet/);
});

test('any date redirects to its Monday, anything else gets an error page', async () => {
  assert.equal((await app.inject('/weeks/2026-11-20')).headers.location, week);
  for (const url of ['/weeks/2026-02-30', '/nowhere']) {
    const { statusCode, body, headers } = await app.inject(url);
    assert.equal(statusCode, 404);
    assert.match(body, /Not found/);
    assert.match(String(headers['content-type']), /^text\/html/);
  }
});

test('a shift is added, changed and deleted by plain forms', async () => {
  const added = await post('/shifts', fields);
  const id = stub.shifts[0]?.id ?? '';
  assert.deepEqual([added.statusCode, added.headers.location], [303, `${week}#shift-${id}`]);
  assert.deepEqual({ ...stub.shifts[0], ...shift }, stub.shifts[0]);

  const editor = await app.inject(`${week}?edit=${id}`);
  assert.match(editor.body, new RegExp(`action="/shifts/${id}"`));
  assert.match(editor.body, /value="Ada"/);
  assert.match(editor.body, /name="version" value="1"/);
  assert.equal((await post(`/shifts/${id}`, { ...fields, version: '1', end: '06:00' })).statusCode, 303);
  assert.equal(stub.shifts[0]?.end, '2026-11-21T06:00:00.000Z');

  const deleted = await post(`/shifts/${id}/delete`, { ...fields, version: '2' });
  assert.deepEqual([deleted.statusCode, deleted.headers.location], [303, week]);
  assert.equal(stub.shifts.length, 0);
  assert.equal((await post(`/shifts/${id}/delete`, fields)).statusCode, 303);
});

test('concurrent changes of two users are shown as two versions, and nothing is lost', async () => {
  const { id } = stub.add(shift);
  assert.equal((await post(`/shifts/${id}`, { ...fields, version: '1', role: 'Kitchen' })).statusCode, 303);
  const late = await post(`/shifts/${id}`, { ...fields, version: '1', role: 'Bar', note: 'mine' });
  assert.equal(late.statusCode, 412);
  assert.match(late.body, /role="alert"[^]*Another user has changed this shift/);
  const table = /<table class="versions">[^]*?<\/table>/.exec(late.body)?.[0] ?? '';
  assert.match(table, /Role[^]*Bar[^]*Kitchen/);
  assert.doesNotMatch(table, /Employee/);
  assert.match(
    late.body,
    /name="version" value="2"[^]*value="Bar"[^]*mine<\/textarea>[^]*Save mine[^]*Use theirs/,
  );
  assert.equal(stub.shifts[0]?.role, 'Kitchen');

  assert.equal((await post(`/shifts/${id}`, { ...fields, version: '1', role: 'Kitchen' })).statusCode, 303);
  assert.equal(stub.shifts[0]?.version, 2, 'both changes are the same');
  for (const version of ['1', '', 'x']) {
    const stale = await post(`/shifts/${id}/delete`, { ...fields, version });
    assert.equal(stale.statusCode, 412);
    assert.match(stale.body, /The form shows the new version[^]*value="Kitchen"/);
  }
  assert.equal(stub.shifts.length, 1);
  assert.equal((await post(`/shifts/${id}`, { ...fields, version: '2', role: 'Bar' })).statusCode, 303);
  assert.equal(stub.shifts[0]?.role, 'Bar');
});

test('an invalid form is shown again with its input and its errors', async () => {
  const wrong = await post('/shifts', { ...fields, employee: '', role: '<b>', end: 'late' });
  assert.equal(wrong.statusCode, 400);
  assert.match(wrong.body, /aria-errormessage="employee-error"/);
  assert.match(wrong.body, /id="end-error"/);
  assert.match(wrong.body, /value="&#60;b&#62;"/);
  assert.equal(stub.shifts.length, 0);

  stub.add(shift);
  const overlap = await post('/shifts', fields);
  assert.equal(overlap.statusCode, 409);
  assert.match(overlap.body, /role="alert"[^]*already has a shift/);
  const url = '/shifts/11111111-1111-4111-8111-111111111111';
  const gone = await post(url, { ...fields, version: '1' });
  assert.equal(gone.statusCode, 404);
  assert.match(gone.body, /has deleted this shift/);
});

test('a form of another site changes nothing', async () => {
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { referer: 'https://evil.example/page' },
    { referer: 'about:blank' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    assert.equal((await post('/shifts', fields, headers as Record<string, string>)).statusCode, 403);
  }
  const ours = { origin: 'https://rota.example', 'x-forwarded-host': 'rota.example' };
  assert.equal((await post('/shifts', fields, ours)).statusCode, 303);
  stub.shifts.length = 0;
  const page = { referer: 'https://rota.example/?week=1', 'x-forwarded-host': 'rota.example' };
  assert.equal((await post('/shifts', fields, page)).statusCode, 303);
  assert.equal(stub.shifts.length, 1);
});

test('while the api is unavailable an error page explains it, and /health/ready names it', async () => {
  for (const broken of [
    { status: 503, body: { error: { code: 'unavailable', message: 'x' } } },
    { status: 200, body: { data: 'of another shape' } },
  ]) {
    stub.broken = broken;
    const { statusCode, body, headers } = await app.inject(week);
    assert.equal(statusCode, 503);
    assert.match(body, /The rota is temporarily unavailable/);
    assert.doesNotMatch(body, /at .*\.ts|ApiUnavailable/);
    assert.equal(headers['retry-after'], '5');
  }
  assert.equal((await app.inject('/health')).statusCode, 200);
  const ready = await app.inject('/health/ready');
  assert.equal(ready.statusCode, 503);
  assert.equal(ready.json<{ checks: Record<string, boolean> }>().checks.api, false);
  stub.broken = undefined;
  assert.equal((await app.inject('/health/ready')).statusCode, 200);
});

test('a lost connection is retried for reads, and a write is never sent twice', async () => {
  stub.lost = 2;
  assert.equal((await app.inject(week)).statusCode, 200);
  stub.lost = 1;
  assert.equal((await post('/shifts', fields, { 'x-correlation-id': 'once' })).statusCode, 503);
  assert.equal(stub.correlationIds.filter((id) => id === 'once').length, 1);
});

test('a week of many shifts is read page by page', async () => {
  for (let count = 0; count < 250; count++) stub.add({ ...shift, employee: `Person ${count}` });
  assert.match((await app.inject(week)).body, /250 shifts/);
});

test('files are cached forever at the URL of this release, and not at all at another', async () => {
  const { body } = await app.inject(week);
  const url = /href="(\/assets\/[0-9a-f]{16}\/base\.css)"/.exec(body)?.[1] ?? '';
  const style = await app.inject(url);
  assert.match(String(style.headers['cache-control']), /immutable/);
  assert.match(String(style.headers['content-type']), /^text\/css/);
  const other = await app.inject('/assets/0123456789abcdef/base.css');
  assert.deepEqual([other.statusCode, other.headers['cache-control']], [200, 'no-store']);
  assert.equal((await app.inject('/assets/x/..%2fmain.ts')).statusCode, 404);
});
