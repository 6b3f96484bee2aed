import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { contentOf } from '../store/archive.ts';
import type { Store } from '../store/store.ts';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { moveTo } from './plan.ts';

/** The folder that an artifact of a release file has to have. */
export interface PinnedFolder {
  service: string;
  /** Absolute path. */
  path: string;
  content: string;
}

/** Where the files of an artifact are, or why they are nowhere. */
export type Found = { files: string } | { problem: string };

interface Options {
  /** Absolute path of the project. */
  root: string;
  store: Pick<Store, 'objects' | 'describe'>;
  /** In a preview, an altered folder stays where it is. */
  preview: boolean;
  progress: (line: string) => void;
}

/** Finds a content in the artifact's own folder, or takes it from the store to `temporary`. Changes nothing else. */
export async function findFolder(
  { service, path, content }: PinnedFolder,
  temporary: string,
  { root, store, progress }: Options,
): Promise<Found> {
  const wrong = await difference(path, content, root);
  if (wrong === undefined) return { files: path };
  if (!(await store.objects.has(content))) {
    return { problem: `${wrong}, and ${store.describe()} does not have it` };
  }
  progress(`Taking ${service} from ${store.describe()}`);
  const files = join(temporary, service);
  try {
    await mkdir(files);
    await store.objects.fetch(content, files);
    return { files };
  } catch (error) {
    if (error instanceof UserError) return { problem: `${wrong}, and ${error.message}` };
    throw error;
  }
}

/**
 * Makes files from the store the artifact's own folder. An altered folder is renamed and not deleted. Returns where the files are
 * then.
 */
export async function placeFolder(
  files: string,
  { path, content }: PinnedFolder,
  { root, preview, progress }: Options,
): Promise<Found> {
  if (files === path) return { files };
  const shown = relative(root, path);
  if (existsSync(path) && (await difference(path, content, root)) !== undefined) {
    if (preview) {
      progress(`${shown} was altered; \`up\` replaces it`);
      return { files };
    }
    progress(`${shown} was altered; it is kept as ${await setAside(path)}`);
  }
  if (await moveTo(files, path)) return { files: path };
  // Another run has made it meanwhile.
  const wrong = await difference(path, content, root);
  return wrong === undefined ? { files: path } : { problem: wrong };
}

/** Returns in which way a folder does not have a content. */
async function difference(path: string, content: string, root: string): Promise<string | undefined> {
  const shown = relative(root, path);
  if (!existsSync(path)) return `${shown} does not exist`;
  try {
    const found = await contentOf(path);
    return found === content ? undefined : `${shown} was altered, it is ${found}`;
  } catch (error) {
    if (error instanceof UserError) return `${shown} was altered: ${error.message}`;
    throw error;
  }
}

/** Renames a folder. A replica that runs in it keeps it as its current folder. Returns the new name. */
async function setAside(path: string): Promise<string> {
  const other = `${path}-altered-${randomUUID().slice(0, 8)}`;
  await rename(path, other).catch((error: unknown) => {
    // Another run has renamed it.
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  return basename(other);
}
