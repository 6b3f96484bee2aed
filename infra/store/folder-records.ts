import type { Dirent } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fewAtATime } from '../common/few-at-a-time.ts';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { createFile, replaceFile } from './atomic-file.ts';
import { makeFolder } from './shared-folder.ts';
import type { Records } from './store.ts';

/** Keeps records as JSON files in the folder `records` of a store. */
export function folderRecords(store: string): Records {
  const folder = join(store, 'records');
  const write = async <T>(path: string, value: unknown, by: (file: string, text: string) => Promise<T>) => {
    const file = fileOf(folder, path);
    await makeFolder(dirname(file), store);
    return by(file, textOf(value));
  };
  return {
    create: (path, value) => write(path, value, createFile),
    replace: (path, value) => write(path, value, replaceFile),
    read: async (path) => readRecord(fileOf(folder, path)),
    list: async (path) => {
      const entries = await entriesOf(join(folder, checked(path)));
      return entries.flatMap(({ name }) => /^([^.].*)\.json$/.exec(name)?.[1] ?? []).toSorted();
    },
    folders: async (path) => {
      const entries = await entriesOf(join(folder, checked(path)));
      return entries
        .flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : []))
        .toSorted();
    },
    describe: (path) => fileOf(folder, path),
  };
}

async function readRecord(file: string): Promise<unknown> {
  try {
    return JSON.parse(await fewAtATime(() => readFile(file, 'utf8'))) as unknown;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) {
      throw new UserError(`${file} is damaged: ${error.message}. Restore it from a copy, or delete it.`);
    }
    throw unreadable(file, error);
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError(
    `${path} cannot be read: ${(error as Error).message}. Correct this, or choose another store with railhead:store.`,
  );
}

function fileOf(folder: string, path: string): string {
  return join(folder, `${checked(path)}.json`);
}

/** Paths contain names that users choose, so none may lead out of the folder. */
function checked(path: string): string {
  if (path.split('/').every((name) => /^[^.\\\0][^\\\0]*$/.test(name))) return path;
  throw new Error(`${JSON.stringify(path)} is no path of a record`);
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
