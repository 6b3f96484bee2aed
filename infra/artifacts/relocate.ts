import { existsSync } from 'node:fs';
import { lstat, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The programs that pip installs into the virtual environment of a build. */
const programs = '.venv/bin';

/**
 * Lets the installed programs of an artifact run from every folder. pip writes the path of the interpreter into them, which is that
 * of the temporary folder of the build. They look for the interpreter next to themselves instead.
 */
export async function relocatePrograms(folder: string): Promise<void> {
  const own = join(folder, programs);
  if (!existsSync(own)) return;
  for (const name of await readdir(own)) {
    const file = join(own, name);
    if (!(await lstat(file)).isFile()) continue;
    const text = await readFile(file, 'latin1');
    const [start, interpreter] = headerOf(text, own) ?? [];
    if (start !== undefined && interpreter !== undefined)
      await writeFile(file, `${headerFor(interpreter)}${text.slice(start.length)}`, 'latin1');
  }
}

/**
 * Returns the lines of a program that name its interpreter in a folder, and the name of the interpreter; undefined if there are none.
 * pip writes one line, or three lines for the shell if the path is too long for one or has a space.
 */
function headerOf(text: string, folder: string): [header: string, interpreter: string] | undefined {
  const escaped = Buffer.from(folder)
    .toString('latin1')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const path = `"?${escaped}/(python[\\d.]*)"?`;
  const found =
    new RegExp(`^#!${path}\\n`).exec(text) ??
    new RegExp(`^#!/bin/sh\\n'''exec' ${path} "\\$0" "\\$@"\\n' '''\\n`).exec(text);
  return found?.[1] === undefined ? undefined : [found[0], found[1]];
}

/** Returns lines that are both a shell script and a string of Python: the shell starts the interpreter, which ignores them. */
function headerFor(interpreter: string): string {
  return `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")/${interpreter}" "$0" "$@"\n' '''\n`;
}
