import assert from 'node:assert/strict';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { monday, openShifts, type ShiftsApi } from './testing.ts';

let api: ShiftsApi;

beforeAll(async () => {
  api = await openShifts();
});
afterAll(() => api.close());
beforeEach(() => api.clear());

test('of thirty changes to the same version, one is made and the others are refused', async () => {
  const { body, etag } = await api.call('POST', '', monday);
  assert.equal(etag, '"1"');
  const changes = Array.from({ length: 30 }, (_, index) =>
    api.call('PATCH', `/${body.id}`, { note: `note ${index}` }, { 'if-match': etag }),
  );
  const answers = await Promise.all(changes);
  const made = answers.filter(({ status }) => status === 200);
  assert.equal(made.length, 1);
  assert.equal(made[0]?.etag, '"2"');
  const told = answers.filter(({ status }) => status === 412);
  assert.equal(told.length, 29);
  assert.equal(told[0]?.error?.code, 'changed');
  assert.deepEqual((await api.list()).data, [made[0]?.body]);
  assert.equal((await api.call('DELETE', `/${body.id}`, undefined, { 'if-match': etag })).status, 412);
  assert.equal((await api.call('DELETE', `/${body.id}`, undefined, { 'if-match': '"2"' })).status, 204);
});

test('a change needs the version that it changes', async () => {
  const { id } = (await api.call('POST', '', monday)).body;
  const change = async (ifMatch?: string) => {
    const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    return (await api.call('PATCH', `/${id}`, { role: 'chef' }, headers)).status;
  };
  assert.equal(await change(), 428);
  assert.equal((await api.call('DELETE', `/${id}`, undefined, {})).status, 428);
  assert.equal(await change('1'), 400);
  assert.equal(await change('W/"1"'), 412);
  assert.equal(await change('"7", "1"'), 200);
  assert.equal(await change('*'), 200);
  assert.equal((await api.call('GET', `/${id}`)).etag, '"3"');
});
