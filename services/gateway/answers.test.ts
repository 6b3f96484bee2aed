import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { refuse, type Refusal } from './answers.ts';
import { correlationId } from './correlation.ts';

const refusal: Refusal = {
  status: 502,
  code: 'bad_gateway',
  message: 'Away.',
  headers: { 'retry-after': '5' },
};

test('a browser gets a page whose policy allows its one style', async () => {
  const response = refuse(
    new Request('http://a/', { headers: { accept: 'text/html,*/*' } }),
    refusal,
    'id-1',
  );
  const page = await response.text();
  const style = /<style>(.*)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.ok(response.headers.get('content-security-policy')?.includes(`'sha256-${hash}'`));
  assert.match(page, /id-1/);
});

test('everything else gets JSON', async () => {
  const response = refuse(new Request('http://a/'), refusal, 'id-1');
  assert.equal(response.status, 502);
  assert.equal(response.headers.get('retry-after'), '5');
  assert.deepEqual(await response.json(), { error: { code: 'bad_gateway', message: 'Away.' } });
});

test('a correlation id is kept only while it is harmless', () => {
  assert.equal(correlationId('order-7.b_2'), 'order-7.b_2');
  for (const bad of [null, '', 'a b', '<b>', 'x'.repeat(65)])
    assert.match(correlationId(bad), /^[0-9a-f-]{36}$/);
});
