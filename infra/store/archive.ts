import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, Header, Pax, type HeaderData } from 'tar';
import { UserError } from '../../tools/user-error.ts';
import { digestOf } from './digest.ts';

/** The archive consists of blocks of this size, and ends with two of zeros. */
export const block = 512;

/**
 * Returns the digest of a folder's content: the SHA-256 of its archive. It depends on paths, bytes, links and on whether a file is
 * executable. Throws UserError if the folder contains something that no other machine has.
 */
export async function contentOf(folder: string): Promise<string> {
  return digestOf(archiveOf(folder));
}

/**
 * Returns the archive of a folder: the same bytes for the same content, whatever its owners, times and umask are. Throws UserError
 * if the folder cannot be read: a program that runs in it can delete a file meanwhile.
 */
export async function* archiveOf(folder: string): AsyncGenerator<Buffer> {
  try {
    yield* partsOf(folder);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${folder} cannot be read: ${(error as Error).message}.`);
  }
}

async function* partsOf(folder: string): AsyncGenerator<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
  for (const path of paths.toSorted()) yield* entryOf(folder, path);
  yield Buffer.alloc(2 * block);
}

/** Writes the files of an archive to an empty folder. Throws if it contains a path outside of the folder, or what is no file. */
export async function unpack(archive: AsyncIterable<Buffer>, folder: string): Promise<void> {
  await pipeline(archive, extract({ cwd: folder, strict: true, noMtime: true }));
}

async function* entryOf(folder: string, path: string): AsyncGenerator<Buffer> {
  const file = join(folder, path);
  const status = await lstat(file);
  if (status.isDirectory()) {
    yield* headerOf({ path: `${path}/`, type: 'Directory', mode: 0o755, size: 0 });
  } else if (status.isSymbolicLink()) {
    const linkpath = checkedLink(folder, path, await readlink(file));
    yield* headerOf({ path, type: 'SymbolicLink', mode: 0o777, size: 0, linkpath });
  } else if (status.isFile()) {
    const mode = (status.mode & 0o100) === 0 ? 0o644 : 0o755;
    yield* headerOf({ path, type: 'File', mode, size: status.size });
    yield* contentsOf(file, status.size);
  } else {
    throw new UserError(`${file} is neither a file nor a folder, so it cannot be stored.`);
  }
}

function* headerOf(data: HeaderData & { path: string }): Generator<Buffer> {
  const full = { ...data, uid: 0, gid: 0, mtime: new Date(0) };
  const header = new Header(full);
  // Long names need a second header.
  if (header.encode())
    yield new Pax({ path: data.path, ...(data.linkpath && { linkpath: data.linkpath }) }).encode();
  if (header.block) yield header.block;
}

async function* contentsOf(file: string, size: number): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
    read += part.length;
    yield part;
  }
  if (read !== size) throw new UserError(`${file} was changed while it was read.`);
  yield Buffer.alloc((block - (size % block)) % block);
}

/** A link is part of the content only if it leads to a place in the folder. */
function checkedLink(folder: string, path: string, target: string): string {
  const reached = posix.join(posix.dirname(path), target);
  if (!target.startsWith('/') && reached !== '..' && !reached.startsWith('../')) return target;
  throw new UserError(
    `${join(folder, path)} is a link out of its folder, to ${target}, so it cannot be stored.`,
  );
}
