import { StackError } from '../../stack/problem.ts';
import type { Tree } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import { readDotenv } from '../parse.ts';

/** Returns the variables of a file, and adds it to the import; undefined if there is none that can be read. */
export function readEnvFile(root: string, path: string, imported: Imported): Tree | undefined {
  const known = imported.files.find(({ file }) => file === path)?.tree;
  const tree = known ?? parseEnvFile(root, path);
  if (known === undefined && tree !== undefined) imported.files.push({ file: path, tree });
  return tree;
}

/** Returns the variables of a file; undefined if there is none that can be read. */
export function parseEnvFile(root: string, path: string): Tree | undefined {
  try {
    return readDotenv(root, path);
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
}
