import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test, type TestContext } from 'vitest';
import fc from 'fast-check';
import { LogReader } from './log-reader.ts';
import { Log, readLines } from './log.ts';

function logFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-log-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'logs', 'api.log');
}

test('lines are complete regardless of how the bytes are split into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(9)), async (words, cuts) => {
      const lines = words.map((word) => word.replaceAll(/[\r\n]/g, ''));
      const stream = new PassThrough();
      const taken: string[] = [];
      readLines(stream, (more) => taken.push(...more));
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      let at = 0;
      for (const cut of cuts) stream.write(bytes.subarray(at, (at += cut)));
      stream.end(bytes.subarray(at));
      await finished(stream);
      assert.deepEqual(taken, lines);
    }),
  );
});

test('the last line needs no line end, and an overlong line is cut', async () => {
  const stream = new PassThrough();
  const taken: string[] = [];
  readLines(stream, (lines) => taken.push(...lines));
  stream.write('x'.repeat(70_000));
  stream.end('last');
  await finished(stream);
  assert.deepEqual(
    taken.map((line) => line.length),
    [70_000, 4],
  );
});

test('the file stays below its size limit, one rotated file is kept, and a reader gets every line', (t) => {
  const file = logFile(t);
  const log = new Log(file, 1000);
  const reader = new LogReader(file);
  const read: string[] = [];
  for (let number = 0; number < 100; number++) {
    log.write('api-1', [`line ${number}`]);
    assert.ok(statSync(file).size <= 1000);
    read.push(...reader.read().map(({ source, text }) => `${source} ${text}`));
  }
  assert.deepEqual(
    read,
    Array.from({ length: 100 }, (_, number) => `api-1 line ${number}`),
  );
  assert.ok(statSync(`${file}.1`).size <= 1000);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  const late = new LogReader(file);
  const kept = late.read().map(({ text }) => text);
  assert.equal(kept.at(-1), 'line 99');
  assert.equal(
    kept.length,
    (readFileSync(`${file}.1`, 'utf8') + readFileSync(file, 'utf8')).split('\n').length - 1,
  );
  for (const each of [reader, late, log]) each.close();
});

test('a log appends to an existing file', (t) => {
  const file = logFile(t);
  for (const text of ['one', 'two']) {
    const log = new Log(file);
    log.write('api-1', [text]);
    log.close();
  }
  const reader = new LogReader(file);
  assert.deepEqual(
    reader.read().map(({ text }) => text),
    ['one', 'two'],
  );
  reader.close();
});

test('a reader gets every line once if it starts within a rotation, or within a character', (t) => {
  const file = logFile(t);
  mkdirSync(dirname(file));
  const line = (text: string) => `2026-11-20T12:00:00.000Z api-1 ${text}\n`;
  writeFileSync(`${file}.1`, line('before'));
  const reader = new LogReader(file);
  const read = () => reader.read().map(({ text }) => text);
  assert.deepEqual(read(), ['before']);
  const bytes = Buffer.from(line('schön'));
  const cut = bytes.indexOf('ö') + 1;
  writeFileSync(file, bytes.subarray(0, cut));
  assert.deepEqual(read(), []);
  appendFileSync(file, bytes.subarray(cut));
  assert.deepEqual(read(), ['schön']);
});
