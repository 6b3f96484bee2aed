import type { AST } from 'toml-eslint-parser';
import { StackError } from '../stack/problem.ts';
import type { Entry, MapTree, Place, Scalar, Tree } from '../stack/tree.ts';

/** Parses TOML text into a tree with the place of each value. Throws StackError. */
export async function parseToml(text: string, file: string): Promise<Tree> {
  // Only an import reads TOML.
  const { parseTOML } = await import('toml-eslint-parser');
  const placeOf = (node: { loc: AST.SourceLocation }): Place => {
    return { file, line: node.loc.start.line, column: node.loc.start.column + 1 };
  };
  try {
    const [top] = parseTOML(text).body;
    return toTree(top, placeOf);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { lineNumber = 1, column = 0 } = error as { lineNumber?: number; column?: number };
    throw new StackError([{ file, line: lineNumber, column: column + 1, path: '', message: error.message }]);
  }
}

function toTree(top: AST.TOMLTopLevelTable, placeOf: (node: AST.TOMLNode) => Place): Tree {
  const root = emptyMap(placeOf(top));
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') add(root, node);
    else for (const pair of tableOf(node).body) add(tableOf(node).map, pair);
  }
  return root;

  /** Returns the map of a table with its pairs, and makes those above it. */
  function tableOf(node: AST.TOMLTable): { map: MapTree; body: AST.TOMLKeyValue[] } {
    let map: MapTree = root;
    for (const step of node.resolvedKey) map = inside(map, step, placeOf(node.key));
    return { map, body: node.body };
  }

  function add(map: MapTree, { key, value }: AST.TOMLKeyValue): void {
    const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
    const at = placeOf(key);
    const owner = names.slice(0, -1).reduce((above, name) => inside(above, name, at), map);
    owner.entries.set(names.at(-1) ?? '', { key: at, value: valueOf(value) });
  }

  function valueOf(node: AST.TOMLContentNode): Tree {
    const place = placeOf(node);
    switch (node.type) {
      case 'TOMLArray':
        return { kind: 'list', place, items: node.elements.map(valueOf) };
      case 'TOMLInlineTable': {
        const map = emptyMap(place);
        for (const pair of node.body) add(map, pair);
        return map;
      }
      case 'TOMLValue': {
        const value = scalarOf(node.value);
        return { kind: 'scalar', place, value, text: String(value) };
      }
    }
  }
}

/** Returns the map below a key, where `[[list]]` numbers its maps from 0. */
function inside(above: MapTree, step: string | number, place: Place): MapTree {
  const known = above.entries.get(String(step))?.value;
  if (known?.kind === 'map') return known;
  const map = emptyMap(place);
  const entry: Entry = { key: place, value: map };
  above.entries.set(String(step), entry);
  return map;
}

function emptyMap(place: Place): MapTree {
  return { kind: 'map', place, entries: new Map() };
}

function scalarOf(value: unknown): Scalar {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : String(value);
}
