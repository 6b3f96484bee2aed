import { createHash } from 'node:crypto';
import { readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Packages } from './packages.ts';

interface FileStamp {
  /** `<size>:<mtime in ms>` of a file: while it stays the same the content is not read again, as in git's index. */
  stamp: string;
  sha: string;
}

/** What the last run saw, kept in `.railhead/artifacts/<service>.inputs.json`. */
export interface InputCache {
  files: Record<string, FileStamp>;
}

/** Empty where the last run built something else: `purpose` is all that decides which files are inputs. */
export async function readInputCache(file: string, purpose: string): Promise<InputCache> {
  try {
    const { files, ...last } = JSON.parse(await readFile(file, 'utf8')) as InputCache & { purpose: string };
    return { files: last.purpose === purpose ? files : {} };
  } catch {
    // Missing or torn: it only saves time, so everything is hashed again.
    return { files: {} };
  }
}

export async function writeInputCache(file: string, purpose: string, cache: InputCache): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ purpose, ...cache }));
}

/**
 * SHA-256 of each file, by path relative to `base`, so that every clone gives the same; of each path that is one of
 * `packages` npm's integrity. A file that is gone has no entry.
 */
export async function stampFiles(
  base: string,
  paths: string[],
  cache: InputCache,
  packages: Packages = new Map(),
): Promise<InputCache> {
  const entries = await Promise.all(
    paths.map(async (path) => {
      const integrity = packages.get(path);
      if (integrity !== undefined) return [path, { stamp: integrity, sha: integrity }] as const;
      return [path, await stampFile(join(base, path), cache.files[path])] as const;
    }),
  );
  return {
    files: Object.fromEntries(
      entries.filter((entry): entry is [string, FileStamp] => entry[1] !== undefined),
    ),
  };
}

/** Whether both name the same files with the same contents; never true for the empty first time. */
export function sameContent(one: InputCache, other: InputCache): boolean {
  const paths = Object.keys(one.files);
  return (
    paths.length > 0 &&
    paths.length === Object.keys(other.files).length &&
    paths.every((path) => one.files[path]?.sha === other.files[path]?.sha)
  );
}

/** 16 hex digits over paths, contents and `settings` (everything else that shapes the result). */
export function hashInputs({ files }: InputCache, settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of Object.keys(files).toSorted()) hash.update(`\0${path}\0${files[path]?.sha}`);
  return hash.digest('hex').slice(0, 16);
}

async function stampFile(path: string, known: FileStamp | undefined): Promise<FileStamp | undefined> {
  const status = await stat(path).catch(() => undefined);
  // A folder is a package that npm no longer knows.
  if (!status?.isFile()) return undefined;
  const stamp = `${status.size}:${status.mtimeMs}`;
  if (known?.stamp === stamp) return known;
  return {
    stamp,
    sha: createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  };
}
