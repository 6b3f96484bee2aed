import { readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { maxFiles } from '../../stack/mounted-files.ts';
import { readRepositoryFile, repositoryFile } from '../../stack/repository-file.ts';

/** All files of a service have at most twice as much together. */
const maxBytes = 256 * 1024;

/**
 * Returns the paths of the files of a folder, relative to the imported folder, if all can be `files` of a service, which every target
 * mounts. Undefined for a folder with many files, large or binary ones, or programs: a mounted file is not executable.
 */
export function mountableFiles(root: string, folder: string): string[] | undefined {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of readdirSync(join(root, next), { withFileTypes: true })) {
      const path = posix.join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (isMountable(root, path)) found.push(path);
      else return undefined;
      if (found.length > maxFiles || folders.length > maxFiles) return undefined;
    }
  }
  const bytes = found.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
  return found.length === 0 || bytes > maxBytes ? undefined : found.toSorted();
}

function isMountable(root: string, path: string): boolean {
  if (!repositoryFile('').safeParse(path).success) return false;
  if ('problem' in readRepositoryFile(root, path, 'a mounted file')) return false;
  return (statSync(join(root, path)).mode & 0o111) === 0;
}
