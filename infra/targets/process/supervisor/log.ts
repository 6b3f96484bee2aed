import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

/** Bytes after which the file becomes `<file>.1`, which replaces the one before. */
const MAX_SIZE = 10 * 1024 * 1024;
/** Characters after which a line without an end is written as if it had one. */
const MAX_LINE = 64 * 1024;

/** Appends lines as `<ISO time> <source> <line>` to a file that never grows beyond its bound; one rotated file is kept. */
export class Log {
  readonly #file: string;
  readonly #maxSize: number;
  #descriptor: number;
  #size: number;

  constructor(file: string, maxSize = MAX_SIZE) {
    this.#file = file;
    this.#maxSize = maxSize;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#descriptor = openSync(file, 'a', 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  write(source: string, lines: string[]): void {
    const time = new Date().toISOString();
    const text = Buffer.from(lines.map((line) => `${time} ${source} ${line}\n`).join(''));
    if (this.#size > 0 && this.#size + text.length > this.#maxSize) this.#rotate();
    try {
      this.#size += writeSync(this.#descriptor, text);
    } catch {
      // A full disk must not take the services down with it: these lines are lost.
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#descriptor = openSync(this.#file, 'a', 0o600);
    this.#size = 0;
  }
}

/** Calls `take` with the whole lines of a stream, several at once where they came at once; the last one may lack its end. */
export function readLines(stream: Readable, take: (lines: string[]) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) {
      lines.push(rest);
      rest = '';
    }
    if (lines.length > 0) take(lines);
  });
  stream.once('close', () => {
    if (rest !== '') take([rest]);
  });
  stream.on('error', () => stream.destroy()); // The other end is gone: there is no more to read.
}
