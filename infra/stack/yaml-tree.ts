import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node, type YAMLMap } from 'yaml';
import type { Entry, Place, Tree } from './tree.ts';

/** Reports a problem at an offset of the text. */
export type Report = (offset: number, message: string) => void;

/** Maximum number of values that aliases may add to a file, and maximum depth of nested aliases. */
const maxExpanded = 10_000;
const maxAliasDepth = 8;

/** Keys that would access the prototype of a plain object. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Converts the parser's nodes to a tree, with expanded aliases and the place of each part. */
export function toTree(document: Document.Parsed, place: (offset: number) => Place, report: Report): Tree {
  const anchors = new Map<string, Node>();
  let expanded = 0;
  return visit(document.contents, 0, 0);

  function visit(node: unknown, above: number, aliasDepth: number): Tree {
    const offset = isNode(node) ? (node.range?.[0] ?? above) : above;
    if (isAlias(node)) {
      return visit(target(node.source, offset, aliasDepth), offset, aliasDepth + 1);
    }
    if (aliasDepth > 0) {
      expanded += 1;
    } else if (isNode(node) && node.anchor !== undefined) {
      anchors.set(node.anchor, node);
    }
    const at = place(offset);
    if (isMap(node)) {
      return { kind: 'map', place: at, entries: entriesOf(node, offset, aliasDepth) };
    }
    if (isSeq(node)) {
      return { kind: 'list', place: at, items: node.items.map((item) => visit(item, offset, aliasDepth)) };
    }
    const text = isScalar(node) ? (node.source ?? '') : '';
    const value = isScalar(node) ? node.value : null;
    const isKnown = typeof value === 'number' || typeof value === 'boolean' || value === null;
    return { kind: 'scalar', place: at, value: isKnown ? value : text, text };
  }

  function target(anchor: string, offset: number, aliasDepth: number): Node | null {
    const node = anchors.get(anchor);
    if (node === undefined) {
      report(offset, `"*${anchor}" has no anchor: no "&${anchor}" precedes it`);
    } else if (expanded <= maxExpanded && aliasDepth < maxAliasDepth) {
      return node;
    } else if (expanded < Infinity) {
      report(
        offset,
        `"*${anchor}" expands to too much: at most ${maxExpanded} parts, ${maxAliasDepth} levels`,
      );
      expanded = Infinity;
    }
    return null;
  }

  function entriesOf(map: YAMLMap, above: number, aliasDepth: number): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    const merged: { name: string; entry: Entry }[] = [];
    for (const { key, value } of map.items) {
      const offset = isNode(key) ? (key.range?.[0] ?? above) : above;
      const name = isScalar(key) ? String(key.value) : '';
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push(...mergedEntries(visit(value, offset, aliasDepth), offset));
      } else if (forbiddenKeys.has(name)) {
        report(offset, `the key ${JSON.stringify(name)} is not allowed`);
      } else if (entries.has(name)) {
        report(offset, `the key ${JSON.stringify(name.slice(0, 80))} occurs twice`);
      } else {
        entries.set(name, { key: place(offset), value: visit(value, offset, aliasDepth) });
      }
    }
    // The map's own entries take precedence, then those of the first merged map.
    for (const { name, entry } of merged) if (!entries.has(name)) entries.set(name, entry);
    return entries;
  }

  /** Returns the entries of the value of a merge key `<<`: a map or a list of maps. */
  function mergedEntries(tree: Tree, offset: number): { name: string; entry: Entry }[] {
    const maps = tree.kind === 'list' ? tree.items : [tree];
    return maps.flatMap((map) => {
      if (map.kind === 'map') return [...map.entries].map(([name, entry]) => ({ name, entry }));
      report(offset, '"<<" merges a map or a list of maps, such as <<: *defaults');
      return [];
    });
  }
}
