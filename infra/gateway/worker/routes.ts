import type { Route } from './environment.ts';
import { isHost } from './hosts.ts';

/** Returns the route with the most specific host, then the longest path, that covers a request; undefined if none does. */
export function findRoute(routes: readonly Route[], hostname: string, path: string): Route | undefined {
  let best: Route | undefined;
  for (const route of routes) {
    const { host } = route;
    if (host !== undefined && !isHost(hostname, host)) continue;
    if (covers(route.path, path) && (best === undefined || isAbove(route, best))) best = route;
  }
  return best;
}

/** Returns the path that the origin of a route gets, and what is removed from it. Both begin with `/`. */
export function stripped({ path, stripPrefix }: Route, whole: string): { path: string; prefix?: string } {
  const prefix = path.replace(/\/\*$/, '');
  if (stripPrefix !== true || prefix === '') return { path: whole };
  return { path: whole.slice(prefix.length) || '/', prefix };
}

/** `/api/*` covers `/api` and `/api/x`, not `/apis`. */
function covers(pattern: string, path: string): boolean {
  if (!pattern.endsWith('/*')) return path === pattern;
  const prefix = pattern.slice(0, -2);
  return path === prefix || path.startsWith(`${prefix}/`);
}

function isAbove(one: Route, other: Route): boolean {
  const [rankOfOne, rankOfOther] = [hostRank(one), hostRank(other)];
  return rankOfOne === rankOfOther ? rank(one.path) > rank(other.path) : rankOfOne > rankOfOther;
}

/** Ranks a host above every wildcard, and a longer wildcard above a shorter one. */
function hostRank({ host }: Route): number {
  if (host === undefined) return 0;
  return host.startsWith('*.') ? host.length : Infinity;
}

/** Ranks an exact path above a pattern of the same length. */
function rank(pattern: string): number {
  return pattern.endsWith('/*') ? (pattern.length - 2) * 2 : pattern.length * 2 + 1;
}
