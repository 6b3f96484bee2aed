import { createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { block } from './archive.ts';
import { flush, replaceFile, unfinishedPath } from './atomic-file.ts';
import { checkedArchive, damaged, unpackChecked } from './checked-archive.ts';
import { deleteFile, listContents, signatureFile } from './delete-objects.ts';
import { checked, hexOf } from './digest.ts';
import { signBytes, verifyBytes } from './signature.ts';
import type { Objects } from './store.ts';

/** Keeps contents as archives below `folder`, each named by its SHA-256: `sha256/<64 hex digits>.tar`. */
export function folderObjects(folder: string): Objects {
  return {
    has: (digest) => Promise.resolve(existsSync(fileOf(folder, digest))),
    put: async (digest, source) => {
      const file = fileOf(folder, digest);
      const isKept = (await isWhole(file)) && (await touch(file));
      if (!isKept) await write(file, digest, source);
    },
    fetch: async (digest, target) => read(fileOf(folder, digest), digest, target),
    sign: async (digest, key) => {
      const file = fileOf(folder, digest);
      requireFile(file);
      if (await isSigned(file, digest, createPublicKey(key))) return;
      await replaceFile(signatureFile(file), await signBytes(bytesOf(file, digest), key));
    },
    isSigned: (digest, publicKey) => isSigned(fileOf(folder, digest), digest, publicKey),
    list: () => listContents(join(folder, 'sha256')),
    delete: (digest, since) => deleteFile(fileOf(folder, digest), since),
  };
}

/** Sets the time of a file to now, which `deleteFile` respects. Returns false if the file has to be written: it may be another user's. */
async function touch(file: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(file, now, now);
    return true;
  } catch (error) {
    if (['ENOENT', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** The zeros that end an archive. */
const end = Buffer.alloc(2 * block);

/** Returns whether a file ends as an archive does. A part of one, which a copy of the store can contain, does not. */
async function isWhole(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  if (handle === undefined) return false;
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(end.length, 1);
    await handle.read(last, 0, last.length, Math.max(0, size - last.length));
    return size % block === 0 && last.equals(end);
  } finally {
    await handle.close();
  }
}

async function write(file: string, digest: string, source: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = unfinishedPath(file);
  try {
    await writeArchive(temporary, digest, source);
    await rename(temporary, file);
    await flush(dirname(file));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeArchive(file: string, digest: string, source: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    // `write` may write less.
    for await (const part of checkedArchive(source, digest)) await handle.appendFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads an archive to sign or verify it. A signature covers bytes and not their name, so they must be those that the name says. */
function bytesOf(file: string, digest: string): AsyncIterable<Uint8Array> {
  return checked(createReadStream(file), digest, (found) => damaged(file, `its digest is ${found}`));
}

/** A signature of the archive's bytes is next to the archive, as base64. Throws UserError if the archive is not what its name says. */
async function isSigned(file: string, digest: string, publicKey: KeyObject): Promise<boolean> {
  if (!existsSync(file) || !existsSync(signatureFile(file))) return false;
  const signature = await readFile(signatureFile(file), 'utf8');
  return verifyBytes(bytesOf(file, digest), signature, publicKey);
}

async function read(file: string, digest: string, target: string): Promise<void> {
  requireFile(file);
  await unpackChecked(file, { digest, target });
}

function requireFile(file: string): void {
  if (!existsSync(file)) throw new UserError(`${file} does not exist.`);
}

function fileOf(folder: string, digest: string): string {
  return join(folder, 'sha256', `${hexOf(digest)}.tar`);
}
