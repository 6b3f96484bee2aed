import type { Route } from './environment.ts';

/** Returns the route with the longest path that covers `path`, or undefined if no route covers it. */
export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  let best: Route | undefined;
  for (const route of routes) {
    if (covers(route.path, path) && (best === undefined || rank(route.path) > rank(best.path))) best = route;
  }
  return best;
}

/** `/api/*` covers `/api` and `/api/x`, not `/apis`. */
function covers(pattern: string, path: string): boolean {
  if (!pattern.endsWith('/*')) return path === pattern;
  const prefix = pattern.slice(0, -2);
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Ranks an exact path above a pattern of the same length. */
function rank(pattern: string): number {
  return pattern.endsWith('/*') ? (pattern.length - 2) * 2 : pattern.length * 2 + 1;
}
