import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { loadStack } from '../../stack/load.ts';
import { originalPath } from '../../stack/restored.ts';
import { UserError } from '../../../tools/user-error.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { preDeployOf, type Migrating } from './crossed-migrations.ts';
import type { HistoryRecord } from './record.ts';

/** The stack file of an update, with the files that it extends. */
export interface RecordedStack {
  /** Path of the stack file, relative to the project. */
  file: string;
  /** The texts of all files by their paths, relative to the project. */
  texts: Record<string, string>;
}

/** Returns the stack files of an update at the paths that they had in the project. Throws UserError for files outside of it. */
export function recordedStack({ number, environment, declared }: HistoryRecord): RecordedStack {
  const { stackFile = '', files = {} } = declared ?? {};
  const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [originalPath(path), text]));
  const outside = Object.keys(texts).filter(
    (path) => isAbsolute(path) || /^\.\.(\/|$)/.test(normalize(path)),
  );
  if (outside.length > 0) {
    throw new UserError(
      `The stack file of #${number} of ${environment} extends files outside of the project, which cannot be restored: ${outside.join(', ')}`,
    );
  }
  return { file: originalPath(stackFile), texts };
}

/** Writes stack files below a folder. */
export function writeStack(folder: string, { texts }: RecordedStack): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Returns what decides which migrations an update has applied. Throws UserError if its stack file cannot be read. */
export async function migratingOf(record: HistoryRecord): Promise<Migrating> {
  const stack = recordedStack(record);
  return withOwnedFolder('railhead-stack-', async (folder) => {
    writeStack(folder, stack);
    const loaded = await Promise.resolve(loadStack(join(folder, stack.file)));
    return { release: record.release ?? {}, preDeploy: preDeployOf(loaded.stack) };
  });
}
