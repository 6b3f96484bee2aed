/** Where something stands; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** A YAML value of which every part knows its place, also after files were merged. */
export type Tree =
  | { kind: 'map'; place: Place; entries: Map<string, Entry> }
  | { kind: 'list'; place: Place; items: Tree[] }
  | { kind: 'scalar'; place: Place; value: Scalar; text: string };

export interface Entry {
  key: Place;
  value: Tree;
}

export type Scalar = string | number | boolean | null;
export type Path = readonly (string | number)[];

/** The plain value of a tree. Scalars below a key `variables` stay the text that was written. */
export function toValue(tree: Tree, asText = false): unknown {
  switch (tree.kind) {
    case 'scalar':
      return asText && tree.value !== null ? tree.text : tree.value;
    case 'list':
      return tree.items.map((item) => toValue(item, asText));
    case 'map':
      return Object.fromEntries(
        [...tree.entries].map(([key, entry]) => [key, toValue(entry.value, asText || key === 'variables')]),
      );
  }
}

/**
 * The place of the value at `path`: its own where it is a scalar, else (a map, a list, nothing) that of its key. Where the path
 * leads nowhere, such as to a missing key, the nearest place above it.
 */
export function placeOf(tree: Tree, path: Path): Place {
  let place = tree.place;
  let current: Tree | undefined = tree;
  for (const step of path) {
    const key: Place | undefined =
      current.kind === 'map' ? current.entries.get(String(step))?.key : undefined;
    current = child(current, step);
    if (current === undefined) {
      return place;
    }
    place = key !== undefined && (current.kind !== 'scalar' || isAbsent(current)) ? key : current.place;
  }
  return place;
}

/** The place of the key that `path` ends with. */
export function placeOfKey(tree: Tree, path: Path): Place {
  const parent = treeAt(tree, path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.key ?? placeOf(tree, path);
}

export function treeAt(tree: Tree, path: Path): Tree | undefined {
  let current: Tree | undefined = tree;
  for (const step of path) {
    current = current === undefined ? undefined : child(current, step);
  }
  return current;
}

/** `key:` with nothing behind it. */
function isAbsent(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null && tree.text === '';
}

function child(tree: Tree, step: string | number): Tree | undefined {
  switch (tree.kind) {
    case 'map':
      return tree.entries.get(String(step))?.value;
    case 'list':
      return tree.items[Number(step)];
    case 'scalar':
      return undefined;
  }
}
