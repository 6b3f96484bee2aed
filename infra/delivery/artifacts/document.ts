import * as z from 'zod';
import type { KnownContent } from './contents.ts';

const origin = z.union([
  z.object({ file: z.string() }),
  z.object({ environment: z.string(), update: z.int().positive() }),
]);

/** What `railhead artifacts list --json` prints. */
export const artifactsDocumentSchema = z.object({
  version: z.literal(1),
  /** Sorted by digest. */
  contents: z.array(
    z.object({
      /** `sha256:` and 64 hex digits. */
      digest: z.string(),
      /** Bytes that it takes. */
      size: z.int().nonnegative(),
      /** When it was put into the store for the last time. */
      put: z.iso.datetime(),
      /** The artifacts that have this content. */
      artifacts: z.array(z.object({ service: z.string(), hash: z.string().optional() })),
      /** The release files and updates that it is kept for. `prune` deletes a content without any. */
      neededBy: z.array(origin),
    }),
  ),
  /** Files that are no contents. */
  others: z.int().nonnegative(),
});

/** Returns the document of `railhead artifacts list --json`. */
export function artifactsDocument(found: { contents: readonly KnownContent[]; others: number }): string {
  const contents = found.contents.map((content) => ({ ...content, put: content.put.toISOString() }));
  const document = artifactsDocumentSchema.parse({ version: 1, contents, others: found.others });
  return JSON.stringify(document, undefined, 2);
}
