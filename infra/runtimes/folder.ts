import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A source folder, of which detection reads a few files. */
export interface Folder {
  has: (file: string) => boolean;
  /** Returns the text of a file; empty if there is none, or if it is too large to be a manifest. */
  text: (file: string) => string;
  /** Returns the names in a folder below; none if there is no such folder. */
  names: (folder: string) => string[];
}

const maxSize = 1024 * 1024;

/** Opens a source folder, which can be missing. Links are not followed: they can lead out of the folder. */
export function openFolder(path: string): Folder {
  const stat = (file: string) => {
    try {
      return lstatSync(join(path, file), { throwIfNoEntry: false });
    } catch {
      return undefined; // A part of the path is a file, or cannot be read.
    }
  };
  const isFolder = (file: string) => stat(file)?.isDirectory() === true;
  return {
    has: (file) => stat(file)?.isFile() === true,
    text: (file) => {
      const found = stat(file);
      return found?.isFile() && found.size <= maxSize ? readFileSync(join(path, file), 'utf8') : '';
    },
    names: (folder) => (isFolder(folder) ? readdirSync(join(path, folder)).toSorted() : []),
  };
}

/** Returns a folder in an opened folder. */
export function folderIn(folder: Folder, path: string): Folder {
  return {
    has: (file) => folder.has(posix.join(path, file)),
    text: (file) => folder.text(posix.join(path, file)),
    names: (inner) => folder.names(posix.join(path, inner)),
  };
}
