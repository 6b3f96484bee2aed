import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../../../tools/user-error.ts';
import { previewDocumentSchema, type Preview } from '../../../changes/model.ts';
import { railheadCommand } from '../../../common/commands.ts';
import { parseDigest, type Digest } from './digest.ts';

/** A reviewed preview: its digest and, if a file was given, what it shows. */
export interface Reviewed {
  digest: Digest;
  preview?: Preview;
}

/**
 * Reads a digest, or the file of `railhead preview --format json`. Throws UserError if the text is neither, or if it is of another
 * environment.
 */
export function readReviewed(text: string, environment: string): Reviewed {
  const again = `Nothing was changed. Preview it: ${railheadCommand(environment, 'preview')}`;
  const preview = existsSync(text) ? readPreview(text, environment) : undefined;
  const digest = parseDigest(preview === undefined ? text : (preview.digest ?? ''));
  if (digest === undefined) {
    throw new UserError(
      `${JSON.stringify(text)} is neither the digest of a preview of ${environment} nor a file of \`railhead preview --format json\` with one. ${again}`,
    );
  }
  if (digest.environment !== environment) {
    throw new UserError(
      `The digest belongs to the environment ${digest.environment}, not to ${environment}. ${again}`,
    );
  }
  return { digest, ...(preview && { preview }) };
}

function readPreview(file: string, environment: string): Preview | undefined {
  try {
    const document = previewDocumentSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
    const found = document?.environments.filter((preview) => preview.environment === environment) ?? [];
    // Of two previews of one environment, it is not known which one was reviewed.
    return found.length === 1 ? found[0] : undefined;
  } catch {
    return undefined; // A folder, or no JSON.
  }
}
