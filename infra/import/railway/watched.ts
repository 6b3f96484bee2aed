import { posix } from 'node:path';
import type { Tree } from '../../stack/tree.ts';
import { defaulted, type Ledger } from '../ledger.ts';
import { textOf } from '../read.ts';
import { ofInputs, type Taking } from '../take.ts';

interface Place extends Taking {
  folder: string;
  ledger: Ledger;
}

/** Compares each watch pattern with what an artifact contains: the files of its folder, and what its code imports. */
export function watchPatterns(tree: Tree, { service, folder, ledger }: Place): undefined {
  const outside = defaulted(
    `it covers files outside of ${folder}, which build the service again only where its code imports them`,
  );
  // The context of such a Dockerfile is the repository.
  const isWhole = folder === '.' || service.facts.buildContext !== undefined;
  for (const item of tree.kind === 'list' ? tree.items : [tree])
    ledger.settle(item, isWhole || isWithin(folder, textOf(item) ?? '') ? ofInputs : outside);
}

/** Returns whether all files of a pattern, which is relative to the repository, are in a folder. True for `!` patterns. */
function isWithin(folder: string, pattern: string): boolean {
  if (pattern.startsWith('!')) return true;
  const [fixed = ''] = pattern.split(/[*?[{]/);
  const path = posix.normalize(fixed).replace(/^(\.?\/)+/, '');
  return path === folder || path.startsWith(`${folder}/`);
}
