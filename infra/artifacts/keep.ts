import { existsSync } from 'node:fs';
import { contentOf } from '../store/archive.ts';
import type { Store } from '../store/store.ts';
import { UserError } from '../../tools/user-error.ts';
import { builtContent } from './content.ts';
import type { DescribedArtifact, DescribedRelease } from './types.ts';

/**
 * Puts the content of each artifact into a store that does not have it, so that other machines can run it. Returns the release
 * with the digests. Throws UserError if the store cannot be written.
 *
 * @param warn receives a line for each artifact that cannot be kept, which a release file can therefore not name
 */
export async function keepRelease(
  release: DescribedRelease,
  store: Store,
  warn: (line: string) => void,
): Promise<DescribedRelease> {
  const kept = await Promise.all(Object.values(release).map((artifact) => keep(artifact, store, warn)));
  return Object.fromEntries(kept.map((artifact) => [artifact.service, artifact]));
}

async function keep(
  artifact: DescribedArtifact,
  store: Store,
  warn: (line: string) => void,
): Promise<DescribedArtifact> {
  const { service, path } = artifact;
  // An image of a release file has no folder.
  if (!existsSync(path)) return artifact;
  try {
    const content = artifact.content ?? (await builtContent(path));
    if (!(await store.objects.has(content))) await requireUnchanged(path, content);
    await store.objects.put(content, path);
    return { ...artifact, content };
  } catch (error) {
    if (!(error instanceof UserError)) {
      throw new UserError(
        `The artifact of ${service} cannot be written to ${store.describe()}: ${(error as Error).message}`,
      );
    }
    warn(`The artifact of ${service} is not kept, so no release file can name it: ${error.message}`);
    return artifact;
  }
}

/** Throws UserError if a service has written into its folder. What it wrote is its own, and does not go into a store. */
async function requireUnchanged(path: string, content: string): Promise<void> {
  if ((await contentOf(path)) === content) return;
  throw new UserError(
    `${path} was changed after it was built. To keep it, stop what runs there, delete the folder and deploy again.`,
  );
}
