import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { refusePath } from './paths.ts';

const statusOf = (path: string) => refusePath(path)?.status;

test('ordinary paths pass', () => {
  for (const path of [
    '/',
    '/api/v1/shifts',
    '/a.b/c-d_e~f',
    '/caf%C3%A9',
    '/100%25',
    '/what%3f',
    '/...',
    '/a/',
    '/healthy',
    '/internals',
  ]) {
    assert.equal(statusOf(path), undefined, path);
  }
});

test('ambiguous spellings are refused', () => {
  const paths = [
    '/a%2fb',
    '/a%2Fb',
    '/a%5cb',
    '/a\\b',
    '//a',
    '/a//b',
    '/..',
    '/a/../b',
    '/a/%2e%2e/b',
    '/a/.%2E/b',
    '/./a',
  ];
  paths.push(
    '/a%00b',
    '/a%0ab',
    '/%',
    '/%zz',
    '/%c0%af',
    '/a#b',
    '/..;/a',
    '/%252fa',
    '/%252e%252e/a',
    '*',
    '',
  );
  for (const path of paths) assert.equal(statusOf(path), 400, path);
});

test('private paths are a 404 in every encoding', () => {
  for (const name of ['internal', 'health', 'metrics']) {
    for (const path of [`/${name}`, `/${name}/x`, `/${name.toUpperCase()}/x`, `/${name};v=1/x`]) {
      assert.equal(statusOf(path), 404, path);
    }
    const spelling = fc.tuple(
      ...[...name].map((letter) =>
        fc.constantFrom(letter, letter.toUpperCase(), encoded(letter), encoded(encoded(letter))),
      ),
    );
    const before = fc.constantFrom(
      '/',
      '//',
      '/\\',
      '%2f',
      '/./',
      '/%2e/',
      '/a/../',
      '/a/%2e%2E/',
      '/..;/',
      '/%00',
    );
    const after = fc.constantFrom('', '/x', '%2fx', '%252fx', '\\x', '%5cx', '%00', '%3fx', ';a=1/x', '/%');
    fc.assert(
      fc.property(
        before,
        spelling,
        after,
        (start, letters, end) => statusOf(start + letters.join('') + end) === 404,
      ),
      { numRuns: 1_000 },
    );
  }
});

test('an escape that is nested a thousand times is decoded fast', () => {
  const begin = process.cpuUsage();
  assert.equal(statusOf(`/%${'25'.repeat(4_000)}69nternal`), 404);
  assert.equal(statusOf(`/${'%3'.repeat(4_000)}3`), 400);
  // Processor time: other programs of the machine do not count.
  const { user, system } = process.cpuUsage(begin);
  assert.ok(user + system < 500_000);
});

test('URL and a program that decodes it read an accepted path alike', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '.',
    '..',
    '%',
    '%2f',
    '%2F',
    '%5c',
    '%2e',
    '%25',
    '%00',
    '\\',
    ';',
    '?',
    '#',
    'a',
    'internal',
    '%69',
    ' ',
    '\t',
    'é',
  );
  const path = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
  fc.assert(
    fc.property(path, (text) => {
      const raw = text.split('?')[0] ?? '';
      if (refusePath(raw) !== undefined) return;
      const { pathname } = new URL(`http://origin${raw}`);
      assert.equal(decodeURIComponent(pathname), decodeURIComponent(raw));
      assert.doesNotMatch(decodeURIComponent(raw), /\/\/|\\|(^|\/)\.{1,2}(\/|$)|^\/internal(\/|$)/i);
    }),
    { numRuns: 2_000 },
  );
});

/** Escapes every character. Applied twice, it makes a double escape. */
function encoded(text: string): string {
  return text.replaceAll(/[^]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
