import assert from 'node:assert/strict';
import { test, vi } from 'vitest';
import { memoryCache } from './memory-cache.ts';

const answer = (body: string, seconds = 60) =>
  new Response(body, { headers: { 'cache-control': `public, max-age=${seconds}`, etag: 'x' } });

test('an entry has an age and expires', async (t) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  t.onTestFinished(() => void vi.useRealTimers());
  const { match, put } = memoryCache({ capacity: 10_000 });
  await put('a', answer('one'));
  vi.advanceTimersByTime(59_999);
  const kept = await match('a');
  assert.deepEqual(
    [await kept?.text(), kept?.headers.get('age'), kept?.headers.get('etag')],
    ['one', '59', 'x'],
  );
  vi.advanceTimersByTime(1);
  assert.equal(await match('a'), undefined);
});

test('the oldest entries are removed first, a newer response replaces its entry, and empty ones count too', async () => {
  const { match, put } = memoryCache({ capacity: 10_000 });
  const isKept = async (key: string) => (await match(key)) !== undefined;
  await put('a', answer('x'.repeat(3_000)));
  await put('b', answer('x'.repeat(3_000)));
  await put('a', answer('y'.repeat(3_000)));
  await put('c', answer('x'.repeat(3_000)));
  assert.deepEqual([await isKept('a'), await isKept('b'), await isKept('c')], [true, false, true]);
  await put('whole', answer('x'.repeat(10_000)));
  assert.equal(await isKept('whole'), false);
  for (let count = 0; count < 100; count++) await put(`empty ${count}`, answer(''));
  const kept = await Promise.all(Array.from({ length: 100 }, (_, count) => isKept(`empty ${count}`)));
  assert.equal(kept.filter(Boolean).length, 9);
});
