export interface Order {
  /** Nodes level by level, dependencies first, sorted by name within a level; without nodes that depend on a cycle. */
  order: string[];
  /** One path per cycle, such as `['a', 'b', 'a']`. */
  cycles: string[][];
}

/** Sorts nodes after their dependencies. Takes linear time in nodes and edges, apart from sorting by name. */
export function sortByDependency(dependencies: ReadonlyMap<string, readonly string[]>): Order {
  const { waitingFor, dependents } = invert(dependencies);
  const order: string[] = [];
  let level = [...waitingFor].filter(([, count]) => count === 0).map(([node]) => node);
  while (level.length > 0) {
    level.sort();
    order.push(...level);
    const next: string[] = [];
    for (const dependent of level.flatMap((node) => dependents.get(node) ?? [])) {
      const count = (waitingFor.get(dependent) ?? 0) - 1;
      waitingFor.set(dependent, count);
      if (count === 0) {
        next.push(dependent);
      }
    }
    level = next;
  }
  const stuck = [...waitingFor].filter(([, count]) => count > 0).map(([node]) => node);
  return { order, cycles: findCycles(stuck.sort(), dependencies) };
}

/** Returns for each node how many dependencies it has, and which nodes depend on it. */
function invert(dependencies: ReadonlyMap<string, readonly string[]>) {
  const waitingFor = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  for (const [node, list] of dependencies) {
    const different = new Set(list);
    waitingFor.set(node, different.size);
    for (const dependency of different) {
      const known = dependents.get(dependency);
      if (known === undefined) {
        dependents.set(dependency, [node]);
      } else {
        known.push(node);
      }
    }
  }
  return { waitingFor, dependents };
}

/** Finds cycles depth-first, with an explicit stack, since chains may be longer than the call stack. */
function findCycles(nodes: string[], dependencies: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const reported = new Set<string>();
  const done = new Set<string>();
  for (const start of nodes) {
    const path: { node: string; rest: string[] }[] = [];
    const onPath = new Map<string, number>();
    const enter = (node: string) => {
      onPath.set(node, path.length);
      path.push({ node, rest: (dependencies.get(node) ?? []).toSorted() });
    };
    if (!done.has(start)) {
      enter(start);
    }
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.shift();
      if (next === undefined) {
        done.add(top.node);
        onPath.delete(top.node);
        path.pop();
      } else if (onPath.has(next)) {
        const cycle = path.slice(onPath.get(next)).map(({ node }) => node);
        if (!cycle.some((node) => reported.has(node))) {
          cycle.forEach((node) => reported.add(node));
          cycles.push([...cycle, next]);
        }
      } else if (!done.has(next)) {
        enter(next);
      }
    }
  }
  return cycles;
}

/** Formats a cycle as `a -> b -> a`. Omits the middle of a long one. */
export function formatCycle(cycle: string[]): string {
  const shown = cycle.length <= 12 ? cycle : [...cycle.slice(0, 6), '…', ...cycle.slice(-5)];
  return shown.join(' -> ');
}
