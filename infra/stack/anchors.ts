import type { Report } from './places.ts';
import type { Tree } from './tree.ts';

/** Maximum number of values that aliases may add to a file, and maximum depth of nested aliases. */
const maxExpanded = 10_000;
const maxAliasDepth = 8;

/** A value with an anchor. While it is read, it has no tree: an alias in it would contain itself. */
interface Anchored {
  tree?: Tree;
  /** How many values it consists of, with those of its aliases, and how deep its aliases are nested. */
  size: number;
  depth: number;
}

/** The anchors of one file. */
export interface Anchors {
  /** Reads a value, and names it if it has an anchor. */
  read: (anchor: string | undefined, value: () => Tree) => Tree;
  /** Returns the value that an alias at `offset` names. Reports an alias that names none, or that expands to too much. */
  named: (anchor: string, offset: number) => Tree | undefined;
}

export function anchorsOf(report: Report): Anchors {
  const anchors = new Map<string, Anchored>();
  let expanded = 0;
  // Size and depth of the values that have been read so far.
  let [size, depth] = [0, 0];

  return {
    read(anchor, value) {
      if (anchor === undefined) {
        size += 1;
        return value();
      }
      const [sizeBefore, depthBefore] = [size, depth];
      const anchored: Anchored = { size: 0, depth: 0 };
      anchors.set(anchor, anchored);
      [size, depth] = [1, 0];
      const tree = value();
      Object.assign(anchored, { tree, size, depth });
      [size, depth] = [sizeBefore + size, Math.max(depthBefore, depth)];
      return tree;
    },
    named(anchor, offset) {
      const found = anchors.get(anchor);
      if (found === undefined) {
        report(offset, `"*${anchor}" has no anchor: no "&${anchor}" precedes it`);
        return undefined;
      }
      size += found.size;
      depth = Math.max(depth, found.depth + 1);
      expanded += found.size;
      if (found.tree !== undefined && expanded <= maxExpanded && depth <= maxAliasDepth) return found.tree;
      if (expanded < Infinity) {
        report(
          offset,
          `"*${anchor}" expands to too much: at most ${maxExpanded} parts, ${maxAliasDepth} levels`,
        );
      }
      expanded = Infinity;
      return undefined;
    },
  };
}
