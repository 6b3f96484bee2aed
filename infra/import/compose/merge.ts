import type { Entry, MapTree, Tree } from '../../stack/tree.ts';
import { treeAt } from '../../stack/tree.ts';
import { defaulted, type Ledger, type Outcome } from '../ledger.ts';
import { itemsOf, textOf } from '../read.ts';
import { tagOf, type Tags } from './tags.ts';

export interface Merging {
  ledger: Ledger;
  tags: Tags;
  /** What becomes of a value that another one replaces. */
  replaced: Outcome;
}

const commands = ['command', 'entrypoint', 'healthcheck.test'];
const pairs = ['environment', 'build.args', 'labels', 'annotations', 'sysctls', 'extra_hosts'];
/** Lists of names that can also be maps. */
const named = ['depends_on', 'networks'];
/** Lists in which the last item with the same target in the container holds. */
const targeted = ['volumes', 'devices', 'secrets', 'configs'];

const removes = defaulted('it removes the value of the other file');

/** Merges Compose files: services by their rules, and the other parts as maps. */
export function mergeFiles(base: Tree, over: Tree, merging: Merging): Tree {
  return merge(base, over, merging, 'file');
}

/**
 * Merges a service over another one. Maps merge, lists are joined, and commands and scalars replace. A map and a list of `NAME=value` are
 * joined: the last value of a name holds.
 */
export function mergeService(base: Tree, over: Tree, merging: Merging): Tree {
  const whole = merge(base, over, merging, '');
  if (whole.kind === 'map') whole.entries.delete('extends');
  return whole;
}

/** The rules are those of services, whose own path is empty. The paths of all other parts of a file start with `file`. */
function pathBelow(path: string, key: string): string {
  if (path === 'file.services') return '';
  return path === '' ? key : `${path}.${key}`;
}

function merge(base: Tree, over: Tree, merging: Merging, path: string): Tree {
  if (pairs.includes(path) && !hasTags(over, merging.tags))
    return { kind: 'list', place: over.place, items: [...itemsOf(base), ...itemsOf(over)] };
  if (named.includes(path) && base.kind !== over.kind) return merge(toMap(base), toMap(over), merging, path);
  if (base.kind === 'list' && over.kind === 'list' && !commands.includes(path))
    return { kind: 'list', place: over.place, items: [...keptOf(base, over, merging, path), ...over.items] };
  if (base.kind !== 'map' || over.kind !== 'map') {
    merging.ledger.settleOtherwise(base, merging.replaced);
    return over;
  }
  return { ...over, entries: mergeEntries(base, over, merging, path) };
}

function mergeEntries(base: MapTree, over: MapTree, merging: Merging, path: string): Map<string, Entry> {
  const { tags, ledger, replaced } = merging;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const own = base.entries.get(key)?.value;
    const tag = tagOf(entry, tags);
    if (tag !== undefined && own !== undefined) ledger.settleOtherwise(own, replaced);
    if (tag === 'reset') {
      ledger.settle(entry.value, removes);
      entries.delete(key);
    } else if (own === undefined || tag === 'override') entries.set(key, entry);
    else entries.set(key, { ...entry, value: merge(own, entry.value, merging, pathBelow(path, key)) });
  }
  return entries;
}

/** Returns the items of the base list that the override does not replace. It replaces items with the same target or text. */
function keptOf(
  base: Extract<Tree, { kind: 'list' }>,
  over: Extract<Tree, { kind: 'list' }>,
  { ledger, replaced }: Merging,
  path: string,
): Tree[] {
  const keyOf = targeted.includes(path) ? targetOf : textOf;
  const keys = new Set(over.items.map(keyOf).filter((key) => key !== undefined));
  return base.items.filter((item) => {
    const isReplaced = keys.has(keyOf(item) ?? '');
    if (isReplaced) ledger.settleOtherwise(item, replaced);
    return !isReplaced;
  });
}

function targetOf(item: Tree): string | undefined {
  if (item.kind === 'map') return textOf(treeAt(item, ['target'])) ?? textOf(treeAt(item, ['source']));
  const [first, second] = (textOf(item) ?? '').split(':');
  return second ?? first;
}

function toMap(tree: Tree): Tree {
  if (tree.kind !== 'list') return tree;
  const entries = tree.items.map((item) => [textOf(item) ?? '', { key: item.place, value: item }] as const);
  return { kind: 'map', place: tree.place, entries: new Map(entries) };
}

/** Whether a key directly in a map has a tag, so that the map cannot be joined as pairs. */
function hasTags(tree: Tree, tags: Tags): boolean {
  return tree.kind === 'map' && [...tree.entries.values()].some((entry) => tagOf(entry, tags) !== undefined);
}
