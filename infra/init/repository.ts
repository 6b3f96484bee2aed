import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './types.ts';

/** Folders that contain no code of the user: installed packages, build results, tests. */
const skipped =
  /^(\..*|node_modules|bower_components|vendor|dist|build|out|target|coverage|venv|env|__pycache__|tests?|__tests__|e2e|fixtures|testdata|examples?|docs?)$/;
const maxDepth = 6;
const maxFiles = 5000;
const maxBytes = 256 * 1024;

/** Reads the names of a repository's files. Their text is read when detection needs it. */
export function readRepository(root: string): Repository {
  return {
    root,
    files: listFiles(root).toSorted(),
    text: (path) => readText(join(root, path)),
    exists: (path) => existsSync(join(root, path)),
  };
}

/** Lists files breadth first, so that the limits leave out the deepest ones. */
function listFiles(root: string): string[] {
  const found: string[] = [];
  let level = [''];
  for (let depth = 0; depth < maxDepth; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (found.length >= maxFiles) break;
      for (const entry of entriesOf(join(root, folder))) {
        const path = join(folder, entry.name);
        if (entry.isFile()) found.push(path);
        else if (entry.isDirectory() && !skipped.test(entry.name)) next.push(path);
      }
    }
    level = next;
  }
  return found;
}

/** Returns the entries of a folder; none if it is not readable, because then nothing in it can be proposed. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return statSync(file).size > maxBytes ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
