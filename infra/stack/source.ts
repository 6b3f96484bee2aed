import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { stackFileKind, type FileKind } from './document.ts';
import { StackError } from './problem.ts';

/** Maximum size of a file. A stack of a thousand services has about 200 KB. */
const maxBytes = 256 * 1024;

/** Reads a stack file, or one of another kind, of at most `maxBytes`. Throws StackError. */
export function readSource(file: string, kind = stackFileKind): string {
  const bytes = readBytes(file, kind);
  if (bytes.includes(0)) {
    throw unreadable(file, 'is not text (it contains a NUL byte)');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder's error has no details.
    throw unreadable(file, 'is not UTF-8 text');
  }
}

function readBytes(file: string, kind: FileKind): Buffer {
  const descriptor = open(file);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) {
      const folder = `is a folder; name ${kind.name} in it`;
      throw unreadable(file, stat.isDirectory() ? folder : 'is not a regular file');
    }
    if (stat.size > maxBytes) {
      throw unreadable(file, `has ${stat.size} bytes; ${kind.name} has at most ${maxBytes}`);
    }
    const bytes = Buffer.alloc(stat.size);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, stat.size, 0));
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    // Without O_NONBLOCK, opening a named pipe blocks until a process opens it for writing.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw unreadable(file, reasons[code] ?? `cannot be read (${code})`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of its path is a file',
  EACCES: 'cannot be read: permission denied',
  ELOOP: 'is a symbolic link that points to itself',
};

function unreadable(file: string, message: string): StackError {
  return new StackError([{ file, line: 1, column: 1, path: '', message }]);
}
