import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export interface LogLine {
  /** When the line was written (ISO 8601). */
  time: string;
  /** The replica (`api-1`), or `supervisor` for lines of the supervisor itself. */
  source: string;
  text: string;
}

/** Reads the log files that log.ts writes: first all existing lines, then the new lines at each call. Follows rotations. */
export class LogReader {
  readonly #file: string;
  #readsRotated = true;
  #descriptor: number | undefined;
  #offset = 0;
  #rest = '';
  /** Holds the beginning of a character whose end is not written yet. */
  #decoder = new StringDecoder('utf8');

  constructor(file: string) {
    this.#file = file;
  }

  /** Returns the lines since the last call. The first call begins with the rotated file. */
  read(): LogLine[] {
    const rotated = `${this.#file}.1`;
    const lines = this.#readsRotated && existsSync(rotated) ? parse(readFileSync(rotated, 'utf8')).lines : [];
    this.#readsRotated = false;
    lines.push(...this.#readOpen());
    if (this.#isRotated()) {
      this.close();
      lines.push(...this.#readOpen());
    }
    return lines;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#offset = 0;
    this.#rest = '';
    this.#decoder = new StringDecoder('utf8');
  }

  #readOpen(): LogLine[] {
    if (this.#descriptor === undefined) {
      if (!existsSync(this.#file)) return []; // Between the two steps of a rotation, or not written yet.
      this.#descriptor = openSync(this.#file, 'r');
    }
    const chunk = Buffer.alloc(Math.max(0, fstatSync(this.#descriptor).size - this.#offset));
    const length = readSync(this.#descriptor, chunk, 0, chunk.length, this.#offset);
    this.#offset += length;
    // Writers append whole lines with one write. A chunk can still end within a line, whose beginning waits for the
    // next read.
    const { lines, rest } = parse(this.#rest + this.#decoder.write(chunk.subarray(0, length)));
    this.#rest = rest;
    return lines;
  }

  /** Returns true if the open file was renamed and its name now belongs to a new file. */
  #isRotated(): boolean {
    if (this.#descriptor === undefined || !existsSync(this.#file)) return false;
    return fstatSync(this.#descriptor).ino !== statSync(this.#file).ino;
  }
}

function parse(text: string): { lines: LogLine[]; rest: string } {
  const pieces = text.split('\n');
  const rest = pieces.pop() ?? '';
  const lines = pieces.map((piece) => {
    const [, time = '', source = '', line = ''] = /^(\S+) (\S+) (.*)$/.exec(piece) ?? ['', '', '', piece];
    return { time, source, text: line };
  });
  return { lines, rest };
}
