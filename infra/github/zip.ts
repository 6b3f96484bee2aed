import { crc32, inflateRawSync } from 'node:zlib';
import { codeOf } from '../../tools/error-code.ts';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const fileHeader = 0x04034b50;
/** The end of the directory has 22 bytes and a comment of at most 64 KiB. */
const endSize = 22;
const longestComment = 0xffff;

/** The file has more bytes than the limit. */
export class TooLong extends Error {
  override name = 'TooLong';
}

/**
 * Returns the content of a file in a zip archive, without writing anything to the disk. The archive may be hostile: throws
 * an Error if it is damaged or does not contain the file, and TooLong if the file has more than `limit` bytes.
 */
export function readZipEntry(archive: Buffer, name: string, limit: number): Buffer {
  for (const entry of directory(archive)) {
    if (entry.name !== name) continue;
    const content = contentOf(archive, entry, limit);
    if (crc32(content) !== entry.checksum) throw new Error(`${name} is damaged`);
    return content;
  }
  throw new Error(`it does not contain ${name}`);
}

interface Entry {
  name: string;
  method: number;
  checksum: number;
  packedSize: number;
  offset: number;
}

/** Reading outside of the buffer throws a RangeError. */
function* directory(archive: Buffer): Generator<Entry, void, undefined> {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('its directory is damaged');
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    yield {
      name: archive.toString('utf8', at + 46, nameEnd),
      method: archive.readUInt16LE(at + 10),
      checksum: archive.readUInt32LE(at + 16),
      packedSize: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42),
    };
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function findEnd(archive: Buffer): number {
  const last = archive.length - endSize;
  for (let at = last; at >= Math.max(last - longestComment, 0); at--) {
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  }
  throw new Error('it is not a zip archive');
}

function contentOf(archive: Buffer, { name, method, packedSize, offset }: Entry, limit: number): Buffer {
  if (archive.readUInt32LE(offset) !== fileHeader) throw new Error('its directory is damaged');
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + packedSize);
  const tooLong = `${name} has more than ${limit} bytes`;
  if (packed.length > limit) throw new TooLong(tooLong);
  if (method === 0) return packed;
  if (method !== 8) throw new Error(`${name} is packed with the unknown method ${method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const isTooLong = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLong ? new TooLong(tooLong) : new Error(`${name} is damaged`, { cause: error });
  }
}
