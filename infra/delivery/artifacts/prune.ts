import { join } from 'node:path';
import type { Store } from '../../store/store.ts';
import { knownContents, type KnownContent } from './contents.ts';
import { artifactsFolder } from '../../artifacts/artifacts-folder.ts';
import { artifactFolders, deleteFolder } from './folders.ts';
import { readMentions } from './mentions.ts';
import { folderSize } from './folder-size.ts';

/** What nothing needs. */
export interface Surplus {
  contents: KnownContent[];
  /** Names of folders in `.railhead/artifacts`. */
  folders: { name: string; size: number }[];
  /** How many files are left alone, because they are neither contents nor artifacts. */
  others: number;
}

interface Place {
  /** Absolute path of the project. */
  root: string;
  store: Store;
  /** How many succeeded updates of each environment need their artifacts. */
  count: number;
}

/**
 * An artifact is kept for this time after it was put or built, in milliseconds. `up` puts artifacts into the store before its record
 * names them, and it may run on another machine.
 */
const grace = 60 * 60 * 1000;

/**
 * Returns what `prune` deletes. Changes nothing. Throws UserError if it cannot be known what is needed.
 *
 * @param since what was put or built after it is kept
 */
export async function findSurplus(
  { root, store, count }: Place,
  since = new Date(Date.now() - grace),
): Promise<Surplus> {
  const mentions = await readMentions(root, count);
  const stored = await knownContents(store, mentions);
  const local = artifactFolders(root, mentions);
  const folders = local.folders.filter(({ isNeeded, made }) => !isNeeded && made <= since);
  return {
    contents: stored.contents.filter(({ neededBy, put }) => neededBy.length === 0 && put <= since),
    folders: await Promise.all(
      folders.map(async ({ name }) => ({ name, size: await folderSize(join(artifactsFolder(root), name)) })),
    ),
    others: stored.others + local.others,
  };
}

/**
 * Deletes what `shown` lists and nothing needs now. The caller holds the run locks of the project, so that no `up` of it uses a
 * folder. Returns what was deleted.
 */
export async function deleteSurplus(place: Place, shown: Surplus): Promise<Surplus> {
  // Fixed before the records are read: a content that a later record names was put after it, however long this takes.
  const since = new Date(Date.now() - grace);
  const now = await findSurplus(place, since);
  const digests = shown.contents.map(({ digest }) => digest);
  const contents: KnownContent[] = [];
  for (const content of now.contents.filter(({ digest }) => digests.includes(digest))) {
    if (await place.store.objects.delete(content.digest, since)) contents.push(content);
  }
  const names = shown.folders.map(({ name }) => name);
  const folders = now.folders.filter(({ name }) => names.includes(name));
  for (const { name } of folders) await deleteFolder(place.root, name);
  return { contents, folders, others: now.others };
}
