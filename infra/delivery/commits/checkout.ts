import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../tools/user-error.ts';
import { eachRecord, readObjects } from './git.ts';
import type { Repository, Version } from './repository.ts';

/** Content of longer files is not written: no stack file, lockfile or module that is searched for imports is so long. */
const maxBytes = 16 * 1024 * 1024;

/** Bounds against a commit that was made to fill the disk: git stores one file, or one folder, only once. */
const most = { files: 500_000, bytes: 4 * 1024 ** 3 };

interface Entry {
  id: string;
  size: number;
  path: string;
}

/**
 * Writes the files of a version to an empty folder, as bytes: without the filters and line ends that .gitattributes and git's
 * config name. A symbolic link becomes a file that contains its target; a submodule is left out. Throws UserError.
 */
export async function writeFiles(repository: Repository, version: Version, folder: string): Promise<void> {
  const entries = await list(repository, version);
  const folders = new Set<string>();
  const write = ({ path }: Entry, content: string | Buffer) => {
    const file = join(folder, path);
    const parent = dirname(file);
    try {
      if (!folders.has(parent)) mkdirSync(parent, { recursive: true });
      folders.add(parent);
      writeFileSync(file, content);
    } catch (error) {
      throw new UserError(`${file} cannot be written: ${(error as Error).message}`);
    }
  };
  // The id of an object is a hash of its content, so that a change of the file is seen.
  for (const entry of entries)
    if (entry.size > maxBytes) write(entry, `${entry.size} bytes, git object ${entry.id}\n`);
  const read = entries.filter(({ size }) => size <= maxBytes);
  await readObjects(
    repository.project,
    read.map(({ id }) => id),
    version.variables,
    (content, index) => write(read[index]!, content),
  );
}

async function list({ project }: Repository, { tree, variables }: Version): Promise<Entry[]> {
  const args = ['ls-tree', '-r', '-l', '-z', '--full-tree', tree];
  const entries: Entry[] = [];
  let bytes = 0;
  await eachRecord(project, args, variables, (record) => {
    const [, type, id = '', size = '', path = ''] =
      /^\d+ (\w+) ([0-9a-f]+) +(\d+|-)\t([^]+)$/.exec(record) ?? [];
    if (type !== 'blob') return;
    const entry = { id, size: Number(size), path };
    if (path.split('/').some((part) => /^(?:|\.\.?|\.git)$/i.test(part)))
      throw new UserError(`The commit has a file with the path ${JSON.stringify(path)}.`);
    entries.push(entry);
    bytes += Math.min(entry.size, maxBytes);
    if (entries.length > most.files || bytes > most.bytes) {
      throw new UserError(
        `The commit is too large: a preview reads at most ${most.files} files with ${most.bytes} bytes.`,
      );
    }
  });
  return entries;
}
