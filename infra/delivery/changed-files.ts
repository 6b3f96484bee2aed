import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';
import { runsFolder } from '../common/folders.ts';
import { UserError } from '../../tools/user-error.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../common/process-identity.ts';

/** A file of the project with another text; undefined if it does not exist. */
export interface FileChange {
  /** Relative to the project. */
  path: string;
  before: string | undefined;
  after: string | undefined;
}

interface Journal {
  writer: ProcessIdentity;
  changes: FileChange[];
}

/** Returns the changes that files need to have texts, by path; undefined removes a file. */
export function changesTo(root: string, texts: Readonly<Record<string, string | undefined>>): FileChange[] {
  return Object.entries(texts)
    .map(([path, after]) => ({ path, before: textOf(join(root, path)), after }))
    .filter(({ before, after }) => before !== after);
}

/** Returns the changes that take other ones back. */
export function reversed(changes: readonly FileChange[]): FileChange[] {
  return changes.map(({ path, before, after }) => ({ path, before: after, after: before }));
}

/**
 * Changes several files of an environment as one: they are listed in a journal first. If the process is killed before it has
 * written all, the next command takes back what it has written. Throws UserError, with nothing changed, if a file is not as it was
 * before the changes: the user has edited it since the command planned the changes.
 *
 * @param root absolute path of the project
 */
export function changeFiles(root: string, environment: string, changes: readonly FileChange[]): void {
  const edited = changes.filter(({ path, before }) => textOf(join(root, path)) !== before);
  if (edited.length > 0) {
    const names = edited.map(({ path }) => path).join(', ');
    throw new UserError(
      `Edited while this command ran, so nothing was changed: ${names}. Run the command again.`,
    );
  }
  const journal = join(runsFolder(root), environment, name);
  mkdirSync(dirname(journal), { recursive: true, mode: 0o700 });
  const unfinished = `${journal}-unfinished`;
  const written: Journal = { writer: ownIdentity(), changes: [...changes] };
  writeFileSync(unfinished, JSON.stringify(written), { mode: 0o600, flush: true });
  renameSync(unfinished, journal);
  try {
    for (const { path, after } of changes) write(root, path, after);
  } catch (error) {
    for (const { path, before } of changes) write(root, path, before);
    throw error;
  } finally {
    rmSync(journal);
  }
}

/** Takes back what killed processes have written of their changes. Returns one line for each environment. */
export function undoUnfinished(root: string): string[] {
  const runs = runsFolder(root);
  return namesIn(runs).flatMap((environment) => {
    const journal = join(runs, environment, name);
    if (!existsSync(journal)) return [];
    const { writer, changes } = JSON.parse(readFileSync(journal, 'utf8')) as Journal;
    if (isAlive(writer)) return [];
    const undone = changes.filter(({ path: file, before, after }) => {
      const text = textOf(join(root, file));
      // A torn file is the start of the new text. Another text is the user's.
      return text !== before && (text === undefined ? after === undefined : (after ?? '').startsWith(text));
    });
    for (const { path: file, before } of undone) write(root, file, before);
    rmSync(journal, { force: true });
    if (undone.length === 0) return [];
    const names = undone.map(({ path: file }) => file).join(', ');
    return [`A command was interrupted while it wrote files; they are as before: ${names}`];
  });
}

const name = 'changes.json';

/** Returns the names in a folder; none if there is no folder, or if only another user can read it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function write(root: string, path: string, text: string | undefined): void {
  const file = join(root, path);
  if (text !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flush: true });
    return;
  }
  rmSync(file, { force: true });
  removeEmpty(root, dirname(path));
}

/** Removes folders that have become empty, up to the project. */
function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || folder === 'releases') return;
  try {
    rmdirSync(join(root, folder));
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return;
    throw error;
  }
  removeEmpty(root, dirname(folder));
}
