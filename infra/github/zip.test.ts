import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { zip } from './testing/zip.ts';
import { readZipEntry } from './zip.ts';

const limit = 1000;

test('a file is read, packed or stored', () => {
  const content = 'preview '.repeat(50);
  for (const level of [0, 9]) {
    const archive = zip({ a: 'other', 'preview.json': content }, level);
    assert.equal(readZipEntry(archive, 'preview.json', limit).toString(), content);
  }
});

test('a file above the limit is refused, packed or stored', () => {
  for (const level of [0, 9]) {
    assert.throws(
      () => readZipEntry(zip({ a: 'x'.repeat(limit + 1) }, level), 'a', limit),
      /a has more than 1000 bytes/,
    );
  }
});

test('a damaged archive is an error, or gives the same content', () => {
  const archive = zip({ a: 'preview '.repeat(50) });
  const content = readZipEntry(archive, 'a', limit);
  fc.assert(
    fc.property(fc.nat(archive.length - 1), fc.nat(255), fc.nat(archive.length), (at, byte, length) => {
      const damaged = Buffer.from(archive.subarray(0, length));
      if (at < length) damaged[at] = byte;
      try {
        assert.deepEqual(readZipEntry(damaged, 'a', limit), content);
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError));
      }
    }),
  );
});
