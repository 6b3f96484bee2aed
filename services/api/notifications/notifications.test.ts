import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import type { Static } from 'typebox';
import { createTokenSigner } from 'railhead/service-token';
import { createKeys } from '../../../tests/keys.ts';
import { startRota, type TestRota } from '../../../tests/rota.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { Notification } from '../../shared/notification.ts';
import type { Server } from '../../shared/server.ts';
import type { NotificationPage } from './schema.ts';

let rota: TestRota;
let app: Server;

beforeAll(async () => {
  rota = await startRota();
  app = (await rota.startApi()).app;
});
afterAll(() => rota.close());

const parties = { issuer: 'worker', audience: 'api' };
const notification = {
  eventId: 'event-1',
  kind: 'shift.created',
  shiftId: '5f0c6b0e-6f1f-4c1e-9d43-6a4f4f1c9a11',
  message: 'Ada: shift as barista on Mon 2 Mar 09:00–17:00 was added',
};

test('an event gets one notification, even from repeated and concurrent requests', async () => {
  const authorization = await bearer();
  const responses = await Promise.all(Array.from({ length: 8 }, () => send(notification, authorization)));
  assert.deepEqual(responses.map(({ statusCode }) => statusCode).toSorted(), [
    ...Array<number>(7).fill(200),
    201,
  ]);
  assert.equal(new Set(responses.map(({ body }) => body)).size, 1);
  const again = await send({ ...notification, message: 'something else' }, authorization);
  assert.equal(again.statusCode, 200);
  assert.equal(again.json<Notification>().message, notification.message);
});

test('notifications are listed newest first', async () => {
  for (const n of [2, 3])
    await send({ ...notification, eventId: `event-${n}`, message: `no. ${n}` }, await bearer());
  const response = await app.inject('/api/v1/notifications?pageSize=2');
  const { data, meta } = response.json<Static<typeof NotificationPage>>();
  assert.deepEqual(meta, { page: 1, pageSize: 2, total: 3 });
  assert.deepEqual(
    data.map(({ message }) => message),
    ['no. 3', 'no. 2'],
  );
  assert.deepEqual(Object.keys(data[0] ?? {}), ['id', 'kind', 'shiftId', 'message', 'createdAt']);
});

test('a notification that is not valid is refused', async () => {
  const response = await send({ ...notification, shiftId: 'x', message: '' }, await bearer());
  assert.equal(response.statusCode, 400);
  assert.equal(response.json<ErrorBody>().error.details?.length, 2);
});

const stranger = createKeys();
const unauthorized: Record<string, () => Promise<string | undefined> | string | undefined> = {
  'no header': () => undefined,
  'an empty header': () => '',
  'another scheme': () => 'Basic d29ya2VyOndvcmtlcg==',
  'a token without scheme': async () => (await bearer()).slice('Bearer '.length),
  'two tokens': async () => `${await bearer()} ${await bearer()}`,
  garbage: () => 'Bearer garbage',
  '100 KB': () => `Bearer ${'a'.repeat(100_000)}`,
  'a token signed with an unknown key': () => bearer(stranger.privateKey),
  'a token for web': () => bearer(rota.keys.privateKey, { ...parties, audience: 'web' }),
  'a token of web': () => bearer(rota.keys.privateKey, { ...parties, issuer: 'web' }),
};
for (const [name, authorization] of Object.entries(unauthorized)) {
  test(`401 for ${name}`, async () => {
    const response = await send({ ...notification, eventId: 'refused' }, await authorization());
    assert.equal(response.statusCode, 401);
    assert.equal(response.json<ErrorBody>().error.code, 'unauthorized');
    const { rows } = await rota.sql(`select from notifications where event_id = 'refused'`);
    assert.equal(rows.length, 0);
  });
}

test('a request without a proof cannot find out which routes /internal has', async () => {
  for (const url of ['/internal/', '/internal/nothing', '/internal/notifications?a=1']) {
    assert.equal((await app.inject(url)).statusCode, 401, url);
  }
  for (const url of ['//internal/notifications', '/%69nternal/notifications', '/INTERNAL/notifications']) {
    const response = await app.inject({ method: 'POST', url, payload: notification });
    assert.ok([401, 404].includes(response.statusCode), `${url} ${response.statusCode}`);
  }
});

async function bearer(key = rota.keys.privateKey, of = parties): Promise<string> {
  return `Bearer ${await (await createTokenSigner(key, of))()}`;
}

function send(payload: object, authorization: string | undefined) {
  const headers = authorization === undefined ? {} : { authorization };
  return app.inject({ method: 'POST', url: '/internal/notifications', payload, headers });
}
