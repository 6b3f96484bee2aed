import type { Node } from 'acorn';
import type { MapTree, Scalar, Tree } from '../../../stack/tree.ts';
import type { Code } from './parse-code.ts';
import type { Scope } from './scope.ts';

/** The data of a program. */
export interface Data {
  /** Its resources by kind and name. */
  tree: MapTree;
  /** The leaves of the tree that stand for values that only a run of the program would give. */
  computed: Set<Tree>;
}

/** A program that is being evaluated. */
export interface Evaluation extends Data {
  scope: Scope;
  placeOf: Code['placeOf'];
  /** Names of the resources by the calls that define them. */
  names: Map<Node, string>;
  /** Values of constants: each is evaluated once, however often others refer to it. */
  values: Map<Node, Tree>;
  /** The constants of which a value is a part: one that contains itself has no value. */
  open: Set<Node>;
}

export function emptyMap(node: Node, { placeOf }: Evaluation): MapTree {
  return { kind: 'map', place: placeOf(node), entries: new Map() };
}

export function put(map: MapTree, key: string, node: Node, value: Tree, { placeOf }: Evaluation): void {
  map.entries.set(key, { key: map.entries.get(key)?.key ?? placeOf(node), value });
}

export function scalar(node: Node, value: Scalar, { placeOf }: Evaluation): Tree {
  return { kind: 'scalar', place: placeOf(node), value, text: String(value) };
}

export function unknown(node: Node, { placeOf, computed }: Evaluation): Tree {
  const leaf: Tree = { kind: 'scalar', place: placeOf(node), value: null, text: '' };
  computed.add(leaf);
  return leaf;
}

export function numberOf(tree: Tree): number | undefined {
  return tree.kind === 'scalar' && typeof tree.value === 'number' ? tree.value : undefined;
}
