import assert from 'node:assert/strict';
import { test } from 'vitest';
import { configSecret, join, outputOf, urlPart, type UrlPart } from '../plan/hole.ts';
import { openKeysIn, secretsIn } from './secret-parts.ts';
import { shown } from './shown.ts';

const parts: UrlPart[] = ['hostname', 'port', 'username', 'password', 'path'];

function shownParts(url: Parameters<typeof urlPart>[0]): string[] {
  return parts.map((part) => shown(urlPart(url, part, part === 'port' ? '5432' : '')));
}

test('a part of a URL is the literal, or the secret that it consists of', () => {
  const url = join('postgres://app:', configSecret('PASSWORD'), '-%40@db.example/shop');
  assert.deepEqual(shownParts(url), ['db.example', '5432', 'app', '${{secret.PASSWORD}}-@', 'shop']);
});

test('a part of a secret URL is named after the secret, which stays a key of its fingerprint', () => {
  const found = shownParts(configSecret('DATABASE'));
  assert.deepEqual(
    found,
    parts.map((part) => `\${{secret.DATABASE.${part}}}`),
  );
  assert.deepEqual(
    found.flatMap(openKeysIn),
    parts.map(() => 'secret.DATABASE'),
  );
});

test('a part without a form of its own is named after all secrets of the URL', () => {
  const url = join(configSecret('LOGIN'), configSecret('HOST'), '/%ff');
  assert.equal(shown(urlPart(url, 'path')), '${{secret.LOGIN.path}}${{secret.HOST.path}}');
});

test('no literal looks like a secret', () => {
  for (const literal of ['${{secret.A}}', '$${{output.db.password}}', '<db.password>', '<secret>']) {
    assert.deepEqual(secretsIn(shown(literal)), [], literal);
    assert.deepEqual(openKeysIn(shown(literal)), [], literal);
  }
  assert.deepEqual(secretsIn(shown(join('$', configSecret('A')))), ['${{secret.A}}']);
});

test('a public output is no secret', () => {
  const resource = { name: 'web-key-1' } as Parameters<typeof outputOf>[0];
  assert.deepEqual(secretsIn(shown(outputOf(resource, 'publicKey'))), []);
  assert.deepEqual(secretsIn(shown(outputOf(resource, 'privateKey', { secret: true }))), [
    '${{output.web-key-1.privateKey}}',
  ]);
});
