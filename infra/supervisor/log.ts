import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

/** Size in bytes at which the file is renamed to `<file>.1`, which replaces the previous `<file>.1`. */
const MAX_SIZE = 10 * 1024 * 1024;
/** Characters after which a line without a line end is written as if it were complete. */
const MAX_LINE = 64 * 1024;

/** Appends lines as `<ISO time> <source> <line>` to a log file of bounded size. Keeps one rotated file. */
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
      // These lines are lost: a full disk must not end the services.
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

/** Calls `take` with complete lines, in the batches in which they arrive. The last line needs no line end. */
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
  stream.on('error', () => stream.destroy()); // The writing end is closed: no more data follows.
}
