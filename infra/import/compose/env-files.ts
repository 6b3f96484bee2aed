import { StackError } from '../../stack/problem.ts';
import type { Tree } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import { readDotenv } from '../parse.ts';

/** Returns the variables of a file; undefined if there is none that can be read. */
export function readEnvFile(root: string, path: string, imported: Imported): Tree | undefined {
  const known = imported.files.find(({ file }) => file === path)?.tree;
  if (known !== undefined) return known;
  try {
    const tree = readDotenv(root, path);
    imported.files.push({ file: path, tree });
    return tree;
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
}
