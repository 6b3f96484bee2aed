import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import type { Imported } from '../facts.ts';
import { isInside } from '../inside.ts';
import { cannot, defaulted, type Ledger } from '../ledger.ts';
import { readInto } from '../parse.ts';
import { itemsOf, textOf } from '../read.ts';

export interface ComposeFiles {
  root: string;
  imported: Imported;
  /** What was parsed, by path. */
  trees: Map<string, Tree>;
  ledger: Ledger;
}

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
  return merge(whole, service, files.ledger);
}

async function treeOf(path: string, { root, imported, trees }: ComposeFiles): Promise<Tree | undefined> {
  const known = trees.get(path);
  if (known !== undefined || !isInside(path) || !existsSync(join(root, path))) return known;
  const tree = await readInto(imported, root, path);
  if (tree !== undefined) trees.set(path, tree);
  return tree;
}

const commands = ['command', 'entrypoint', 'healthcheck.test'];
const pairs = ['environment', 'build.args'];

/**
 * Maps merge, lists are joined, and commands and scalars replace, as Compose extends services. A map and a list of `NAME=value` are
 * joined: the last value of a name holds.
 */
function merge(base: Tree, over: Tree, ledger: Ledger, path = ''): Tree {
  const areLists = base.kind === 'list' && over.kind === 'list' && !commands.includes(path);
  if (areLists || pairs.includes(path))
    return { kind: 'list', place: over.place, items: [...itemsOf(base), ...itemsOf(over)] };
  if (base.kind !== 'map' || over.kind !== 'map') {
    ledger.settle(base, replaced);
    return over;
  }
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = base.entries.get(key)?.value;
    const inner = path === '' ? key : `${path}.${key}`;
    const value = below === undefined ? entry.value : merge(below, entry.value, ledger, inner);
    entries.set(key, { ...entry, value });
  }
  entries.delete('extends');
  return { ...over, entries };
}
