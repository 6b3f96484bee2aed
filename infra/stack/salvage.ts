import type { Finding } from './finding.ts';
import { describeIssues } from './issues.ts';
import { stackSchema, type Stack } from './schema.ts';
import { toValue, treeAt, type Path, type Tree } from './tree.ts';

/** Returns the stack without its invalid parts, so that the rest can be checked too; undefined if too little is left. */
export function salvage(tree: Tree, findings: Finding[]): Stack | undefined {
  let rest = tree;
  let wrong = findings;
  // Removing an invalid part may leave its map without a required key. Then the map is removed too, and so on upwards.
  for (let round = 0; round < 6; round++) {
    rest = without(
      rest,
      wrong.map(({ path }) => removable(path, rest)),
    );
    const parsed = stackSchema.safeParse({ name: 'unnamed', ...Object(toValue(rest)) });
    if (parsed.success) {
      return parsed.data;
    }
    wrong = describeIssues(parsed.error.issues, rest);
  }
  return undefined;
}

/** Returns the path to remove: the map of a missing key, or a whole list, so that the paths of other items stay valid. */
function removable(path: Path, tree: Tree): Path {
  const item = path.findIndex((step, index) => treeAt(tree, path.slice(0, index))?.kind === 'list');
  const whole = item === -1 ? path : path.slice(0, item);
  return treeAt(tree, whole) === undefined ? whole.slice(0, -1) : whole;
}

function without(tree: Tree, paths: Path[]): Tree {
  if (tree.kind !== 'map') {
    return tree;
  }
  const below = Map.groupBy(paths, ([step]) => String(step));
  const entries = [...tree.entries].flatMap(([name, { key, value }]) => {
    const inner = below.get(name)?.map((path) => path.slice(1)) ?? [];
    return inner.some(({ length }) => length === 0)
      ? []
      : [[name, { key, value: without(value, inner) }] as const];
  });
  return { ...tree, entries: new Map(entries) };
}
