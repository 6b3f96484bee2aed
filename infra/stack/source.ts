import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { StackError } from './problem.ts';

/** A stack of a thousand services has about 200 KB; more is another kind of file. */
const maxBytes = 256 * 1024;

/** The text of a stack file; never reads more than `maxBytes`. Throws StackError. */
export function readSource(file: string): string {
  const bytes = readBytes(file);
  if (bytes.includes(0)) {
    throw unreadable(file, 'is not text (it holds a NUL byte)');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder says no more than this.
    throw unreadable(file, 'is not UTF-8 text');
  }
}

function readBytes(file: string): Buffer {
  const descriptor = open(file);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      const folder = 'is a folder; name a stack file in it';
      throw unreadable(file, stat.isDirectory() ? folder : 'is not a regular file');
    }
    if (stat.size > maxBytes) {
      throw unreadable(file, `has ${stat.size} bytes; a stack file has at most ${maxBytes}`);
    }
    const bytes = Buffer.alloc(stat.size);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, stat.size, 0));
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    // Without O_NONBLOCK a named pipe would wait for a writer.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unreadable(file, reasons[code] ?? `cannot be read (${code})`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is a file',
  EACCES: 'may not be read by this user',
  ELOOP: 'is a link that leads back to itself',
};

function unreadable(file: string, message: string): StackError {
  return new StackError([{ file, line: 1, column: 1, path: '', message }]);
}
