import { createHash } from 'node:crypto';
import { readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fewAtATime } from '../common/few-at-a-time.ts';
import type { Packages } from './packages.ts';

interface FileStamp {
  /** `<size>:<mtime in ms>` of a file. If it is unchanged, the content is not read again, as in git's index. */
  stamp: string;
  sha: string;
}

/** The inputs of the last run, stored in `.railhead/artifacts/<service>.inputs.json`. */
export interface InputCache {
  files: Record<string, FileStamp>;
}

/** Reads the cache. Returns an empty one if `purpose`, which determines the input files, differs from the last run. */
export async function readInputCache(file: string, purpose: string): Promise<InputCache> {
  try {
    const { files, ...last } = JSON.parse(await readFile(file, 'utf8')) as InputCache & { purpose: string };
    return { files: last.purpose === purpose ? files : {} };
  } catch {
    // If the cache is missing or damaged, everything is hashed again, which only takes longer.
    return { files: {} };
  }
}

export async function writeInputCache(file: string, purpose: string, cache: InputCache): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ purpose, ...cache }));
}

/**
 * Returns the SHA-256 of each file, and npm's integrity for each path in `packages`. Paths are relative to `base`, so
 * that every clone has the same result. A missing file has no entry.
 */
export async function stampFiles(
  base: string,
  paths: string[],
  cache: InputCache,
  packages?: Packages,
): Promise<InputCache> {
  const entries = await Promise.all(
    paths.map(async (path) => {
      const integrity = packages?.integrity.get(path);
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

/**
 * Returns whether both caches have the same files with the same contents. False for empty caches, as in the first run.
 */
export function sameContent(one: InputCache, other: InputCache): boolean {
  const paths = Object.keys(one.files);
  return (
    paths.length > 0 &&
    paths.length === Object.keys(other.files).length &&
    paths.every((path) => one.files[path]?.sha === other.files[path]?.sha)
  );
}

/** Returns a hash of 16 hex digits over paths, contents and `settings`: everything else that affects the result. */
export function hashInputs({ files }: InputCache, settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of Object.keys(files).toSorted()) hash.update(`\0${path}\0${files[path]?.sha}`);
  return hash.digest('hex').slice(0, 16);
}

async function stampFile(path: string, known: FileStamp | undefined): Promise<FileStamp | undefined> {
  const status = await stat(path).catch(() => undefined);
  // A folder was a package in the last run, and is no longer in npm's record.
  if (!status?.isFile()) return undefined;
  const stamp = `${status.size}:${status.mtimeMs}`;
  if (known?.stamp === stamp) return known;
  return {
    stamp,
    sha: createHash('sha256')
      .update(await fewAtATime(() => readFile(path)))
      .digest('hex'),
  };
}
