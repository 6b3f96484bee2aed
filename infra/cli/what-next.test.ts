import assert from 'node:assert/strict';
import { test } from 'vitest';
import { afterFailure, whatNext } from './what-next.ts';

test('the URL comes first, then the services, then the commands', () => {
  const text = whatNext('dev', {
    url: 'http://127.20.0.1:8080',
    services: { api: 'http://127.20.0.1:3001' },
  });
  assert.match(
    text,
    /Open http:\/\/127\.20\.0\.1:8080\n\n {2}api {2}http:\/\/127\.20\.0\.1:3001\n\n {2}npx --no -- railhead status/,
  );
  assert.match(text, /npm run down /);
});

test('other environments are named in the commands', () => {
  const text = whatNext('staging', {});
  assert.match(text, /npx --no -- railhead status -s staging/);
  assert.match(text, /npm run down -- -s staging/);
});

test('outputs that are absent or of another shape are left out', () => {
  for (const outputs of [undefined, null, {}, { url: null }, { url: 5, services: ['x'] }]) {
    assert.doesNotMatch(whatNext('dev', outputs), /Open|undefined|null/);
  }
});

test('after a failure the next `up` is named, for this environment', () => {
  assert.match(afterFailure('staging'), /Next: .*npm run up -- -s staging$/);
});
