/** A position in a file. Lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Formats a place: `stacks/shop.yaml:12:5`. */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** A YAML value that keeps the place of each of its parts, also after files are merged. */
export type Tree =
  | { kind: 'map'; place: Place; entries: Map<string, Entry> }
  | { kind: 'list'; place: Place; items: Tree[] }
  | { kind: 'scalar'; place: Place; value: Scalar; text: string };

export type MapTree = Extract<Tree, { kind: 'map' }>;

export interface Entry {
  key: Place;
  value: Tree;
}

export type Scalar = string | number | boolean | null;
export type Path = readonly (string | number)[];

/** Returns the plain value of a tree. Scalars below a key `variables` keep their source text. */
export function toValue(tree: Tree, asText = false): unknown {
  switch (tree.kind) {
    case 'scalar':
      return asText && tree.value !== null ? tree.text : tree.value;
    case 'list':
      return tree.items.map((item) => toValue(item, asText));
    case 'map':
      return valueOfMap(tree.entries, asText);
  }
}

function valueOfMap(entries: Map<string, Entry>, asText: boolean): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (const [key, { value }] of entries) map[key] = toValue(value, asText || key === 'variables');
  return map;
}

/**
 * Returns the place of the value at `path`. For a map, a list or an empty value, returns the place of its key. If the
 * path does not exist, returns the place of its nearest ancestor.
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

/** Returns the place of the key at the end of `path`. */
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

/** Returns whether a value is empty, as in `key:`. */
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
