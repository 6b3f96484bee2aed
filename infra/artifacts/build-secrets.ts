import { readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../../tools/user-error.ts';

/** The secrets of a build by name. */
export type Secrets = Readonly<Record<string, string>>;

/** Shorter values are in many files by chance. */
const leastLength = 6;

/** Replaces the values of secrets in the output of a build. A value of several lines is replaced line by line. */
export function withoutSecrets(lines: readonly string[], secrets: Secrets): string[] {
  const hidden = Object.entries(secrets)
    .flatMap(([name, value]) => value.split(/\r?\n/).map((text) => ({ name, text })))
    .filter(({ text }) => text.trim().length > 0)
    .toSorted((one, other) => other.text.length - one.text.length);
  return lines.map((line) =>
    hidden.reduce((text, { name, text: value }) => text.replaceAll(value, `[${name}]`), line),
  );
}

/** Throws UserError if a file that a build has written contains one of its secrets. */
export async function requireWithoutSecrets(
  service: string,
  folder: string,
  secrets: Secrets,
): Promise<void> {
  const searched = Object.entries(secrets).filter(([, value]) => value.length >= leastLength);
  if (searched.length === 0) return;
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isLink = entry.isSymbolicLink();
    if (!isLink && !entry.isFile()) continue;
    const content = isLink ? Buffer.from(await readlink(path)) : await readFile(path);
    for (const [name, value] of searched)
      if (content.includes(value)) found.push(`${relative(folder, path)} contains ${name}`);
  }
  if (found.length === 0) return;
  throw new UserError(
    [
      `The build of ${service} has written a secret to its result, so nothing was kept:`,
      ...found.toSorted().map((line) => `    ${line}`),
      'Next: remove the file at the end of "build", or let the program read the secret from its environment.',
    ].join('\n'),
  );
}
