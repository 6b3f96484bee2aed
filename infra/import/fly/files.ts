import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { isFile } from '../inside.ts';
import { cannot, type Outcome } from '../ledger.ts';
import { modeOutcome } from '../mounted-files.ts';
import { numberOf, textOf, type Rules } from '../read.ts';
import { ofGroup } from './groups.ts';
import type { FlyService } from './machine.ts';

const ofSecret = cannot(
  'Fly decodes the value of this secret',
  'set a secret with the text itself, and refer to it in `content` of an entry of `files`',
);

/** The fields of a `files` section besides those that `readFile` takes. */
export const fileRules: Rules<FlyService> = {
  ...ofGroup,
  mode: (tree) => modeOutcome(numberOf(tree) ?? 0),
};

/**
 * Takes a `files` section: a file of the repository, a content in Base64, or a secret.
 *
 * @param folder that of the configuration, relative to `root`
 */
export function readFile(
  section: Tree,
  { service, ledger }: FlyService,
  { root, folder }: { root: string; folder: string },
): void {
  const target = treeAt(section, ['guest_path']);
  const path = textOf(target);
  if (target === undefined || path === undefined) return;
  const [local, raw, secret] = ['local_path', 'raw_value', 'secret_name'].map((key) =>
    treeAt(section, [key]),
  );
  const source = local && posix.join(folder, textOf(local) ?? '');
  const content = raw && decoded(textOf(raw) ?? '');
  const from = { kind: 'list' as const, place: section.place, items: [target, local ?? raw ?? target] };
  if (source !== undefined && isFile(root, source)) service.files.push({ path, source, from });
  else if (content !== undefined) service.files.push({ path, content, from });
  else for (const part of [target, local, raw, secret]) if (part !== undefined) ledger.settle(part, lost());

  function lost(): Outcome {
    if (source !== undefined)
      return cannot(`the folder has no file ${JSON.stringify(source)}`, 'write it, then import again');
    if (raw !== undefined)
      return cannot('the content is not text', 'write it into a file, and its path as `source` into `files`');
    return ofSecret;
  }
}

/** Returns the text that Base64 encodes; undefined for other bytes. */
function decoded(text: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true })
      .decode(Buffer.from(text, 'base64'))
      .replaceAll('${{', () => '$${{');
  } catch {
    return undefined;
  }
}
