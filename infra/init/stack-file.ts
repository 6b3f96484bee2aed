import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Existing } from './existing.ts';

/**
 * Returns the path of the stack file, relative to the project: that of an environment, or that with the name of the project. An
 * import can have written another one, with the name of the imported system.
 */
export function findStackFile(
  root: string,
  name: string,
  { environment, read }: Pick<Existing, 'environment' | 'read'>,
): string {
  const usual = `stacks/${name}.yaml`;
  if (environment !== undefined) return environment.stackFile;
  if (read(usual) !== undefined || !existsSync(join(root, 'stacks'))) return usual;
  const [only, ...others] = readdirSync(join(root, 'stacks'))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `stacks/${file}`)
    .filter((path) => isBase(read(path) ?? ''));
  return only === undefined || others.length > 0 ? usual : only;
}

/** Whether a file is a stack file that extends no other one. */
function isBase(text: string): boolean {
  return /^services:/m.test(text) && !/^extends:/m.test(text);
}
