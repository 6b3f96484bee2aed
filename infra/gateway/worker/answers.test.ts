import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'vitest';
import { refuse, type Refusal } from './answers.ts';
import { correlationId } from './correlation.ts';

const refusal: Refusal = {
  status: 502,
  code: 'bad_gateway',
  message: 'Away.',
  headers: { 'retry-after': '5' },
};

test('a browser gets a page whose policy allows its one style and its one script', async () => {
  const response = refuse(
    new Request('http://a/', { headers: { accept: 'text/html,*/*' } }),
    refusal,
    'id-1',
  );
  const page = await response.text();
  for (const element of ['style', 'script']) {
    const text = new RegExp(`<${element}>(.*)</${element}>`).exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes(`${element}-src 'sha256-${hash}'`), element);
  }
  assert.match(page, /id-1/);
});

test('the page of an outage reloads automatically and by its button, but never repeats a POST', async () => {
  const pageOf = async (method: string, status: Refusal['status']) => {
    const request = new Request('http://a/', { method, headers: { accept: 'text/html' } });
    return refuse(request, { ...refusal, status }, 'id-1').text();
  };
  for (const status of [502, 503, 504] as const) {
    assert.match(
      await pageOf('GET', status),
      /<button>Try again<\/button>.*location\.reload.*http-equiv="refresh"/,
    );
    assert.match(await pageOf('POST', status), /may not have been saved/);
  }
  for (const page of [await pageOf('POST', 502), await pageOf('GET', 404), await pageOf('GET', 429)])
    assert.doesNotMatch(page, /<button|<script|refresh/);
});

test('any other client gets JSON', async () => {
  const response = refuse(new Request('http://a/'), refusal, 'id-1');
  assert.equal(response.status, 502);
  assert.equal(response.headers.get('retry-after'), '5');
  assert.deepEqual(await response.json(), { error: { code: 'bad_gateway', message: 'Away.' } });
});

test('a correlation id is kept only if it is well-formed', () => {
  assert.equal(correlationId('order-7.b_2'), 'order-7.b_2');
  for (const bad of [null, '', 'a b', '<b>', 'x'.repeat(65)])
    assert.match(correlationId(bad), /^[0-9a-f-]{36}$/);
});
