import { createReadStream } from 'node:fs';
import { UserError } from '../../tools/user-error.ts';
import { contentOf, digestOf, unpack } from './archive.ts';

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

function damaged(name: string, found: string): UserError {
  return new UserError(
    `${name} is damaged: ${found}. Delete it. The next update of the environment that built it stores it again.`,
  );
}
