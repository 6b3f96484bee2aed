import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../stack/problem.ts';

/** Names of the files that a render has made in a folder, one a line. */
const listFile = '.rendered';

/**
 * Makes a folder hold these files; those of an earlier render that are not among them go away. Every file is whole at
 * any time. Files of somebody else stay: one in the way is a UserError, before anything is touched. A folder that cannot
 * be written is one, too.
 *
 * @param secret only the owner may read the files
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
  // While files come and go, the list names all of them, so that an interrupted run can be done again.
  writeList([...earlier, ...files.keys()]);
  for (const [name, text] of files) replaceFile(join(folder, name), text, secret);
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
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: secret ? 0o600 : 0o644 });
  renameSync(unfinished, path);
}
