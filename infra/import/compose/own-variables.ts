import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { isFile } from '../inside.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { textOf } from '../read.ts';
import { parseEnvFile } from './env-files.ts';
import type { Environment } from './interpolate.ts';

/** Returns the files that COMPOSE_FILE of the `.env` of a folder names and that can be read. */
export function namedFiles(root: string): string[] {
  return filesIn(parseEnvFile(root, '.env')).filter((file) => isFile(root, file));
}

function filesIn(values: Tree | undefined): string[] {
  const [files, separator] = ['COMPOSE_FILE', 'COMPOSE_PATH_SEPARATOR'].map(
    (name) => values && treeAt(values, [name]),
  );
  const folder = posix.dirname(files?.place.file ?? '');
  const names = textOf(files)?.split(textOf(separator) || ':') ?? [];
  return names.filter((name) => name !== '').map((name) => posix.join(folder, name));
}

const ofFiles = defaulted('import reads these files, as Compose does');
const ofOtherFile = defaulted('the file that the command names takes the place of these files');
const ofProfiles = defaulted('no service has one of these profiles');
const ofCompose = defaulted('it configures Compose itself');

/**
 * Settles the variables that Compose itself reads, unless they have an outcome already.
 *
 * @param read the files of the project
 */
export function settleOwnVariables(
  { values, ledger }: Environment,
  root: string,
  read: readonly string[],
): void {
  const files = filesIn(values);
  const missing = files.filter((file) => !isFile(root, file));
  const isRead = files.every((file) => read.includes(file));
  const ofFile =
    missing.length > 0
      ? cannot(`${missing.join(', ')} cannot be read here`, 'copy it into this folder, then import again')
      : isRead
        ? ofFiles
        : ofOtherFile;
  for (const [name, leaf] of childrenOf(values)) {
    if (name === 'COMPOSE_FILE') ledger.settleOtherwise(leaf, ofFile);
    else if (name === 'COMPOSE_PROFILES') ledger.settleOtherwise(leaf, ofProfiles);
    else if (/^(COMPOSE|DOCKER)_/.test(name)) ledger.settleOtherwise(leaf, ofCompose);
  }
}
