import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fewAtATime } from '../../common/few-at-a-time.ts';
import { shorten } from '../describe.ts';
import { allFiles } from '../files.ts';

/** Files that are longer are only hashed. */
const maxText = 16 * 1024 * 1024;

/**
 * The files of a commit in a folder. All paths are relative to that folder. Nothing outside of it is read: only files that were
 * found when the tree was opened exist, and symbolic links are none of them.
 */
export class SourceTree {
  /** Absolute path of the folder. */
  readonly top: string;
  readonly #files: ReadonlySet<string>;
  readonly #results = new Map<string, unknown>();

  private constructor(top: string, files: string[]) {
    this.top = top;
    this.#files = new Set(files);
  }

  /** Lists the files below a folder, without those of package managers and of git. */
  static async open(top: string): Promise<SourceTree> {
    return new SourceTree(top, await allFiles(top));
  }

  isFile(path: string): boolean {
    return this.#files.has(path);
  }

  /** Returns the files below a folder, sorted. */
  files(path: string): string[] {
    const folder = normalFolder(path);
    return this.memo(`files ${folder}`, () =>
      [...this.#files].filter((path) => folder === '.' || path.startsWith(`${folder}/`)),
    );
  }

  /** Returns the text of a file; undefined if there is no such file, or if it is too long. */
  text(path: string): string | undefined {
    if (!this.isFile(path)) return undefined;
    return this.memo(`text ${path}`, () => {
      const file = join(this.top, path);
      return statSync(file).size > maxText ? undefined : readFileSync(file, 'utf8');
    });
  }

  /** Returns the shortened SHA-256 of a file. */
  hash(path: string): Promise<string> {
    if (!this.isFile(path)) throw new Error(`${path} is not in the tree`);
    return this.memo(`hash ${path}`, () => fewAtATime(() => hashFile(join(this.top, path))));
  }

  /** Returns the result of a computation with this name, which runs once. */
  memo<T>(name: string, compute: () => T): T {
    if (!this.#results.has(name)) this.#results.set(name, compute());
    return this.#results.get(name) as T;
  }
}

/** Returns the one form of the path of a folder: without `.`, double slashes and a slash at the end. */
export function normalFolder(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

/** Returns a folder and those above it, up to the top, which is `.`, the innermost first. */
export function foldersUp(folder: string): string[] {
  return folder === '.' ? ['.'] : [folder, ...foldersUp(posix.dirname(folder))];
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return shorten(hash.digest('hex'));
}
