import { posix } from 'node:path';
import { describePackage } from '../describe.ts';
import { hashTexts } from '../hash.ts';
import type { Locked, Lockfile } from './locked.ts';
import { readNpmLock } from './npm-lock.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import { foldersUp, type SourceTree } from './source-tree.ts';

const readers: Record<string, (folder: string, text: string) => Lockfile | undefined> = {
  'npm-shrinkwrap.json': readNpmLock,
  'package-lock.json': readNpmLock,
  'pnpm-lock.yaml': readPnpmLock,
  'yarn.lock': () => undefined,
  'bun.lock': () => undefined,
};

/** Returns what an import of a package adds to an artifact, by the nearest lockfile that has the package. */
export function lockedClosure(tree: SourceTree, importer: string, name: string): Locked | undefined {
  const files = foldersUp(posix.dirname(importer)).flatMap((folder) =>
    Object.keys(readers).map((file) => posix.join(folder, file)),
  );
  for (const file of files) {
    const found = read(tree, file)?.closure(importer, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function read(tree: SourceTree, file: string): Lockfile | undefined {
  return tree.memo(`lockfile ${file}`, () => {
    const text = tree.text(file);
    if (text === undefined) return undefined;
    return readers[posix.basename(file)]?.(posix.dirname(file), text) ?? asOne(file, text);
  });
}

/** A lockfile whose format is not known here counts as one package. */
function asOne(file: string, text: string): Lockfile {
  const packages = new Map([[file, describePackage(undefined, `files-${hashTexts(text)}`)]]);
  return { closure: () => ({ packages, folders: new Set() }) };
}
