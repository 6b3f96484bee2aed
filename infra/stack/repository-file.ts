import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { StackError } from './problem.ts';
import { readSource } from './source.ts';

/** Returns the schema of the path of a file, relative to the repository root. */
export function repositoryFile(example: string) {
  const rule = `a file inside the repository, such as ${example}`;
  return z.string(rule).regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\s\\:]+$/, rule);
}

/**
 * Reads a file of the repository. `problem` says what is wrong with it.
 *
 * @param name what the file is: `a mounted file`
 */
export function readRepositoryFile(
  root: string,
  path: string,
  name: string,
): { text: string } | { problem: string } {
  const file = join(root, path);
  const quoted = JSON.stringify(path);
  try {
    const text = readSource(file, { name, needs: '' });
    // A file of the machine that is not in the repository could be a secret.
    if (realpathSync(file).startsWith(`${realpathSync(root)}/`)) return { text };
    return { problem: `${quoted} is a symbolic link that leads out of ${root}` };
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    return { problem: error.problems.map(({ message }) => `${quoted} ${message}`).join('; ') };
  }
}
