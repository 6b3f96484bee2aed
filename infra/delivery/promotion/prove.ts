import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from '../../common/commands.ts';
import type { Pin } from '../../releases/schema.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';

interface Stores {
  from: Store;
  to: Store;
}

/** What the stores have of the artifacts. */
export interface Proof {
  problems: string[];
  /** The contents that only the store of the source has, each with a folder that has its files. */
  missing: { content: string; folder: string }[];
}

/**
 * Reads the content of each artifact and compares it with its digest, in the store of the destination, or else in that of the source.
 * Changes neither.
 *
 * @param from name of the environment that can put artifacts into the store again
 * @param next what to do about a problem; by default to deploy that environment
 * @param folder an empty folder, which gets the contents
 */
export async function proveArtifacts(
  pins: Readonly<Record<string, Pin>>,
  stores: Stores,
  { from, folder, next = `Next: ${npmCommand('up', from)}` }: { from: string; folder: string; next?: string },
): Promise<Proof> {
  const proof: Proof = { problems: [], missing: [] };
  for (const [service, { content }] of Object.entries(pins)) {
    if (content === undefined) continue;
    const files = join(folder, service);
    await mkdir(files);
    const isThere = await stores.to.objects.has(content);
    const problem = await problemIn(isThere ? stores.to : stores.from, content, files);
    if (problem !== undefined) proof.problems.push(`${service}: ${problem} ${next}`);
    else if (!isThere) proof.missing.push({ content, folder: files });
  }
  return proof;
}

/** Copies what only the store of the source has. */
export async function copyMissing({ missing }: Proof, to: Store): Promise<void> {
  for (const { content, folder } of missing) await to.objects.put(content, folder);
}

/** Returns a store that has the contents of both, for reading. */
export function readBoth({ from, to }: Stores): Pick<Store, 'objects' | 'describe'> {
  const having = async (digest: string) => ((await to.objects.has(digest)) ? to : from).objects;
  return {
    describe: () => [...new Set([to.describe(), from.describe()])].join(' and '),
    objects: {
      ...to.objects,
      has: async (digest) => (await having(digest)).has(digest),
      fetch: async (digest, folder) => (await having(digest)).fetch(digest, folder),
    },
  };
}

async function problemIn(store: Store, content: string, folder: string): Promise<string | undefined> {
  if (!(await store.objects.has(content))) return `${store.describe()} does not have its content ${content}.`;
  try {
    await store.objects.fetch(content, folder);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
