import type { Store, StoredContent } from '../../store/store.ts';
import type { Mention, Origin } from './mentions.ts';

/** A content of a store, with what is known of it. */
export interface KnownContent extends StoredContent {
  /** The artifacts that have this content. None if nothing names it any more, or yet. */
  artifacts: { service: string; hash: string | undefined }[];
  /** What it is kept for. */
  neededBy: Origin[];
}

/** Returns what a store holds, and the number of files that are no contents. */
export async function knownContents(
  store: Store,
  mentions: readonly Mention[],
): Promise<{ contents: KnownContent[]; others: number }> {
  const { contents, others } = await store.objects.list();
  const byContent = Map.groupBy(mentions, ({ content }) => content);
  return { contents: contents.map((content) => know(content, byContent.get(content.digest) ?? [])), others };
}

function know(content: StoredContent, mentions: readonly Mention[]): KnownContent {
  const artifacts = mentions.map(({ service, hash }) => [`${service} ${hash}`, { service, hash }] as const);
  return {
    ...content,
    artifacts: [...new Map(artifacts).values()],
    neededBy: mentions.flatMap(({ isNeeded, origin }) => (isNeeded ? origin : [])),
  };
}
