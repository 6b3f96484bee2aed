import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolder } from '../../../common/folders.ts';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { environmentPaths, type Place } from '../../../supervisor/paths.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  /** The contents of the files, in the order of the stack file. */
  contents: z.array(z.string()).min(1),
  /** The wanted state is always `ready`. A refresh writes the live state, so that the next update writes the files again. */
  state: z.string().default('ready'),
});

export type FilesInputs = Omit<z.infer<typeof inputs>, 'state'>;

/**
 * Files of this machine that containers mount. Docker copies no files into a container with a read-only file system. Other
 * contents are in another folder, which is another mount: the containers are replaced. The containers of the previous
 * version keep their folder.
 */
export const files: Kind<z.infer<typeof inputs>, { folder: string }> = {
  inputs,
  outputs: ['folder'],
  secretOutputs: [],
  renewsOutputs: true,
  replaceOn: [],
  ignored: ['root'],
  create: write,
  update: write,
  read: (given) => (findFolder(given) === undefined ? 'stopped' : 'ready'),
  delete(place) {
    rmSync(filesFolder(place), { recursive: true, force: true });
    return Promise.resolve();
  },
};

async function write(given: FilesInputs): Promise<{ folder: string }> {
  const own = filesFolder(given);
  const folder = findFolder(given) ?? makeFiles(own, given.contents);
  for (const other of foldersIn(own)) {
    if (other !== folder && !(await isMounted(other))) rmSync(other, { recursive: true, force: true });
  }
  return { folder };
}

/** Writes the files into a new folder. Its random name says nothing about a secret content, as a hash would. */
function makeFiles(own: string, contents: string[]): string {
  const folder = join(own, randomBytes(8).toString('hex'));
  makeFolder(own, 0o700);
  makeFolder(folder, 0o700);
  // The daemon passes the folder as root. In the container, any user reads the file.
  for (const [index, content] of contents.entries()) {
    const file = join(folder, String(index));
    writeFileSync(file, content, { mode: 0o400 });
    // Not reduced by the umask.
    chmodSync(file, 0o444);
  }
  return folder;
}

function findFolder({ contents, ...place }: FilesInputs): string | undefined {
  return foldersIn(filesFolder(place)).find((folder) => {
    const names = readdirSync(folder);
    return (
      names.length === contents.length &&
      contents.every((content, index) => {
        const file = join(folder, String(index));
        return existsSync(file) && readFileSync(file, 'utf8') === content;
      })
    );
  });
}

/** Returns whether a container, running or not, mounts a file of the folder. */
async function isMounted(folder: string): Promise<boolean> {
  const mounted = readdirSync(folder).map((name) => `volume=${join(folder, name)}`);
  const filters = mounted.flatMap((filter) => ['--filter', filter]);
  const { code, stdout } = await docker(['ps', '--all', '--quiet', ...filters]);
  return code !== 0 || stdout.trim() !== '';
}

function foldersIn(own: string): string[] {
  return existsSync(own) ? readdirSync(own).map((name) => join(own, name)) : [];
}

function filesFolder({ root, environment, name }: Place): string {
  return join(environmentPaths(root, environment).base, 'files', name);
}
