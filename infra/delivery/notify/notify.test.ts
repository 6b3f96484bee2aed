import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { test } from 'vitest';
import type { HistoryRecord } from '../history/record.ts';
import { notificationSchema, promotionMessage, updateMessage } from './notification.ts';
import { notify } from './notify.ts';
import { send } from './send.ts';
import { keyBytes } from './signature.ts';
import { startReceiver } from './testing.ts';

const bytes = Buffer.alloc(32, 7);
const key = `whsec_${bytes.toString('base64')}`;

const ending: NonNullable<HistoryRecord['ending']> = {
  ...{ ended: '2026-11-29T06:18:32.000Z', result: 'failed', seconds: 32 },
  ...{ changes: [{ service: 'api', change: 'changed' }], unchanged: ['web'], failed: ['api'], steps: [] },
  fingerprints: { 'secret.TOKEN': 'canary-fingerprint' },
};
const record: HistoryRecord = {
  ...{ version: 1, number: 12, environment: 'prod', command: 'up', started: '2026-11-29T06:18:00.000Z' },
  who: { name: 'Ada', email: 'ada@example.com' },
  writer: { host: 'ci-7', pid: 1, startTime: '1' },
  railhead: '0.1.0',
  declared: {
    stackFile: 'a.yaml',
    files: { 'a.yaml': 'canary-file' },
    config: { a: 'canary-config' },
    secrets: ['TOKEN'],
  },
  ending,
};

const failure = updateMessage(record, ending);
const message = (url: string) => ({ url, key: bytes, id: 'msg_1', body: '{"a":1}' });
const fast = { timeout: 200, pauses: [1, 1] };

async function notified(webhook: string, given = key) {
  const said: string[] = [];
  const readKey = () => Promise.resolve(given);
  await notify({ name: 'prod', webhook }, failure, { readKey, say: (line) => said.push(line) });
  return said;
}

test('a receiver verifies the signature with the library of the specification', async (t) => {
  const { url, received } = await startReceiver(t, (_, response) => response.writeHead(204).end());
  assert.deepEqual(await notified(url), []);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  const found = new Webhook(key).verify(body, headers as Record<string, string>);
  const document = notificationSchema.parse(found);
  assert.deepEqual(document, failure.notification);
  assert.deepEqual(
    [document.type, document.data.number, document.data.who],
    ['railhead.up.failed', 12, 'Ada'],
  );
  assert.equal(headers['content-type'], 'application/json');
  assert.doesNotMatch(body, /canary|ada@example|ci-7|TOKEN/);
  assert.throws(() =>
    new Webhook(key).verify(body.replace('failed', 'succeeded'), headers as Record<string, string>),
  );
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  assert.throws(() => new Webhook(other).verify(body, headers as Record<string, string>));
});

test('a receiver that cannot answer now gets the same message again', async (t) => {
  const answers = [503, 429, 200];
  const { url, received } = await startReceiver(t, (_, response) =>
    response.writeHead(answers.shift() ?? 500).end(),
  );
  const said: string[] = [];
  assert.equal(await send(message(url), (line) => said.push(line), fast), undefined);
  assert.deepEqual(
    received.map(({ headers }) => headers['webhook-id']),
    ['msg_1', 'msg_1', 'msg_1'],
  );
  assert.deepEqual(said, [
    'The webhook answered 503. Trying again in 0.001 s',
    'The webhook answered 429. Trying again in 0.001 s',
  ]);
});

test('a receiver that hangs costs three attempts of limited time', async (t) => {
  const { url, received } = await startReceiver(t, () => undefined);
  const start = Date.now();
  assert.equal(await send(message(url), () => undefined, fast), 'did not answer within 0.2 s');
  assert.equal(received.length, 3);
  assert.ok(Date.now() - start < 5_000);
});

test('a body that never ends is not awaited', async (t) => {
  const { url } = await startReceiver(t, (_, response) => {
    response.writeHead(200);
    response.write('never the end');
  });
  assert.equal(await send(message(url), () => undefined, fast), undefined);
});

test('a refusal is final, and a redirection is not followed', async (t) => {
  const { url, received } = await startReceiver(t, (_, response) =>
    response.writeHead(302, { location: '/else' }).end(),
  );
  assert.equal(await send(message(url), () => undefined, fast), 'answered 302');
  const refusing = await startReceiver(t, (_, response) => response.writeHead(410).end());
  assert.deepEqual(await notified(refusing.url), [
    'The webhook of prod did not accept the notification of #12: it answered 410.',
  ]);
  assert.deepEqual([received.length, refusing.received.length], [1, 1]);
});

test('a webhook that is not there is a warning', async (t) => {
  const { url } = await startReceiver(t, () => undefined);
  const [, port] = /:(\d+)/.exec(url) ?? [];
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const other = (closed.address() as AddressInfo).port;
  closed.close();
  assert.notEqual(Number(port), other);
  const problem = await send(message(`http://127.0.0.1:${other}/`), () => undefined, fast);
  assert.match(problem ?? '', /^cannot be reached: connect ECONNREFUSED/);
});

test('an address with a password is neither called nor shown', async () => {
  const problem = await send(message('https://:canary@127.0.0.1:9/'), () => undefined, fast);
  assert.equal(problem, 'has an address that cannot be called');
});

test('without a key of the right form nothing is sent, and the key is not shown', async (t) => {
  const { url, received } = await startReceiver(t, (_, response) => response.end());
  const [line = ''] = await notified(url, 'whsec_canary');
  assert.match(
    line,
    /^The webhook of prod was not called: .* Next: npx --no -- railhead secrets set webhookKey -s prod$/,
  );
  assert.doesNotMatch(line, /canary/);
  const said: string[] = [];
  const readKey = () => Promise.reject(new Error('the passphrase is wrong.'));
  await notify({ name: 'prod', webhook: url }, failure, { readKey, say: (text) => said.push(text) });
  assert.match(said.join('\n'), /^The webhook of prod was not called: the passphrase is wrong\. Next: /);
  assert.equal(received.length, 0);
  assert.equal(keyBytes(`whsec_${Buffer.alloc(23).toString('base64')}`), undefined);
  assert.equal(keyBytes(bytes.toString('base64')), undefined);
});

test('a rollback names the update that it brings back', () => {
  const { notification } = updateMessage({ ...record, rollback: { to: 9, failed: 11 } }, ending);
  const { type, data } = notificationSchema.parse(notification);
  assert.deepEqual(
    [type, 'rollback' in data && data.rollback],
    ['railhead.up.failed', { to: 9, failed: 11 }],
  );
});

test('a promotion names both environments, the digests that changed, and who made it', () => {
  const content = (digit: string) => `sha256:${digit.repeat(64)}`;
  const named = { hash: '1'.repeat(16), content: content('a') };
  const before = { ...named, commit: 'c'.repeat(40) };
  const after = { hash: '2'.repeat(16), content: content('b') };
  const time = '2026-11-29T06:20:00.000Z';
  const { id, subject, notification } = promotionMessage(
    {
      number: 12,
      file: 'releases/prod.yaml',
      release: {
        version: 1,
        environment: 'qa',
        stack: { file: 'a.yaml' },
        time,
        by: 'Ada',
        artifacts: { api: after },
      },
      changes: [
        { service: 'api', before, after },
        { service: 'old', before, after: undefined },
      ],
    },
    { from: 'qa', to: 'prod', result: 'proposed', branch: 'promote/prod-12' },
  );
  assert.deepEqual(notificationSchema.parse(notification), {
    type: 'railhead.promote.proposed',
    timestamp: time,
    data: {
      ...{ version: 1, environment: 'prod', command: 'promote', from: 'qa', number: 12 },
      ...{ file: 'releases/prod.yaml', result: 'proposed', branch: 'promote/prod-12', who: 'Ada' },
      artifacts: [
        { service: 'api', before: named, after },
        { service: 'old', before: named },
      ],
    },
  });
  assert.deepEqual([id, subject], [`msg_prod_promote_12_${Date.parse(time)}`, 'the promotion of #12 of qa']);
});
