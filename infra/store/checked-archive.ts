import { createReadStream } from 'node:fs';
import { UserError } from '../../tools/user-error.ts';
import { archiveOf, contentOf, unpack } from './archive.ts';
import { checked, digestOf } from './digest.ts';

/**
 * Writes the files of an archive to an empty folder, if it has a digest. Throws UserError.
 *
 * @param name what the archive is called in messages
 */
export async function unpackChecked(
  file: string,
  { digest, target, name = file }: { digest: string; target: string; name?: string },
): Promise<void> {
  // The archive is untrusted until its digest matches, so it is not unpacked before.
  const found = await digestOf(createReadStream(file));
  if (found !== digest) throw damaged(name, `its digest is ${found}`);
  try {
    await unpack(createReadStream(file), target);
  } catch (error) {
    throw new UserError(`${name} cannot be unpacked into ${target}: ${(error as Error).message}.`);
  }
  // Another process can change the file after its digest was read.
  const unpacked = await contentOf(target);
  if (unpacked !== digest) throw damaged(name, `its content is ${unpacked}`);
}

/** Returns the archive of a folder. Throws UserError at its end if the folder does not have the digest. */
export function checkedArchive(source: string, digest: string): AsyncGenerator<Uint8Array> {
  return checked(
    archiveOf(source),
    digest,
    (found) => new UserError(`${source} was changed: it is ${found}, and not ${digest}.`),
  );
}

/** Returns the error for an archive that is not what its name says. */
export function damaged(name: string, found: string): UserError {
  return new UserError(
    `${name} is damaged: ${found}. Delete it. The next update of the environment that built it stores it again.`,
  );
}
