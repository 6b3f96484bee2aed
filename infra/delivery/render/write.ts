import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  lstatSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { makeFolder } from '../../common/folders.ts';
import { UserError } from '../../../tools/user-error.ts';

/** Lists the files that a render has written to the folder, one name per line. */
const listFile = '.rendered';

/**
 * Writes files to a folder, and removes files of an earlier render that are no longer rendered. Each file that changes is
 * replaced atomically. Other files in the folder are kept. Throws UserError, before it changes anything, if another file has
 * the name of a rendered one, and also if the folder cannot be written.
 *
 * @param secret whether only the owner may read the files. A file in a folder below `folder` is protected by that folder, since
 * the user of a container reads it too.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, secret: boolean): void {
  const earlier = readList(folder);
  const foreign = [...files.keys()].filter((name) => !earlier.has(name) && existsSync(join(folder, name)));
  if (foreign.length > 0) {
    throw new UserError(
      `${folder} has files that are not from "railhead render": ${foreign.join(', ')}. Move them, or choose another folder.`,
    );
  }
  try {
    replaceFiles(folder, files, earlier, secret);
  } catch (error) {
    throw new UserError(`${folder} cannot be written: ${(error as Error).message}`);
  }
}

function replaceFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  earlier: ReadonlySet<string>,
  secret: boolean,
): void {
  mkdirSync(folder, { recursive: true });
  const writeList = (names: Iterable<string>) =>
    replaceFile(join(folder, listFile), [...new Set(names)].map((name) => `${name}\n`).join(''), secret);
  // While files are replaced, the list contains old and new names, so that an interrupted run can be repeated.
  writeList([...earlier, ...files.keys()]);
  for (const [name, text] of files) {
    const below = dirname(normalize(name));
    const isNested = below !== '.';
    if (isNested) makeFolders(folder, below, secret);
    replaceFile(join(folder, name), text, secret && !isNested);
    // The user of a container reads it, whatever the umask.
    if (isNested) chmodSync(join(folder, name), 0o644);
  }
  for (const name of earlier) {
    if (!files.has(name)) rmSync(join(folder, name), { force: true });
  }
  writeList(files.keys());
}

function readList(folder: string): Set<string> {
  const file = join(folder, listFile);
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);
}

function replaceFile(path: string, text: string, secret: boolean): void {
  if (isCurrent(path, text, secret)) return;
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: secret ? 0o600 : 0o644 });
  renameSync(unfinished, path);
}

/** Creates a folder below another one, with the folders between them. */
function makeFolders(folder: string, below: string, secret: boolean): void {
  const [first = ''] = below.split('/');
  makeFolder(join(folder, first), secret ? 0o700 : 0o755);
  mkdirSync(join(folder, below), { recursive: true });
}

/** A file system may write the data to its disk when a file replaces another one, which takes longer than all the rest. */
function isCurrent(path: string, text: string, secret: boolean): boolean {
  const file = lstatSync(path, { throwIfNoEntry: false });
  return file?.isFile() === true && !(secret && file.mode & 0o077) && readFileSync(path, 'utf8') === text;
}
