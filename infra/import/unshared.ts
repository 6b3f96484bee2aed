import type { Tree } from '../stack/tree.ts';

/** Returns a copy of a tree in which each alias has a value of its own, so that each use of an anchor has its own outcome. */
export function unshared(tree: Tree): Tree {
  switch (tree.kind) {
    case 'scalar':
      return { ...tree };
    case 'list':
      return { ...tree, items: tree.items.map(unshared) };
    case 'map': {
      const copies = [...tree.entries].map(
        ([name, { key, value }]) => [name, { key, value: unshared(value) }] as const,
      );
      return { ...tree, entries: new Map(copies) };
    }
  }
}
