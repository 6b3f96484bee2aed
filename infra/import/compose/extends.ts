import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import { isInside } from '../inside.ts';
import { cannot, defaulted, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { textOf } from '../read.ts';
import { mergeService } from './merge.ts';
import { takeTags, type Tags } from './tags.ts';

export interface ComposeFiles {
  root: string;
  imported: Imported;
  /** What was parsed, by path. */
  trees: Map<string, Tree>;
  /** The projects that files include. One that two files include is read once. */
  included: Set<string>;
  tags: Tags;
  ledger: Ledger;
}

const ofVersion = defaulted('Compose ignores it');
const maxDepth = 8;

const replaced = defaulted('the service that extends it has another value');

/** Merges a service over the one that it extends, in the same file or another one. */
export async function extendService(
  service: Tree,
  file: string,
  files: ComposeFiles,
  depth = 0,
): Promise<Tree> {
  const clause = treeAt(service, ['extends']);
  if (clause === undefined || service.kind !== 'map') return service;
  const name = textOf(clause) ?? textOf(treeAt(clause, ['service'])) ?? '';
  const other = textOf(treeAt(clause, ['file']));
  const path = other === undefined ? file : posix.join(posix.dirname(file), other);
  const base =
    depth < maxDepth ? treeAt((await treeOf(path, files)) ?? service, ['services', name]) : undefined;
  if (base === undefined) {
    files.ledger.settle(
      clause,
      cannot(`${path} has no service ${JSON.stringify(name)}`, 'correct it, then import again'),
    );
    return service;
  }
  files.ledger.settle(clause, defaulted(`the service has the fields of ${JSON.stringify(name)}`));
  const whole = await extendService(base, path, files, depth + 1);
  return mergeService(whole, service, { ...files, replaced });
}

/** Returns a file of the imported folder; undefined if there is none, or it cannot be parsed. */
export async function treeOf(path: string, files: ComposeFiles): Promise<Tree | undefined> {
  const { root, imported, trees, tags } = files;
  const known = trees.get(path);
  if (known !== undefined || !isInside(path) || !existsSync(join(root, path))) return known;
  const tree = await readInto(imported, root, path, (text) => takeTags(text, path, tags));
  if (tree === undefined) return undefined;
  trees.set(path, tree);
  const version = treeAt(tree, ['version']);
  if (version !== undefined) files.ledger.settle(version, ofVersion);
  return tree;
}
