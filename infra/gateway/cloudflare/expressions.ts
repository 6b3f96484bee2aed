/**
 * Returns an expression of Cloudflare's Rules language. Paths and domains of a stack file have no quote or backslash.
 */

export function forHosts(hosts: string[]): string {
  const quoted = hosts.map((host) => `"${host}"`);
  return quoted.length === 1 ? `http.host eq ${quoted[0]}` : `http.host in {${quoted.join(' ')}}`;
}

/** Matches the same paths as the Worker's routes: `/api/*` matches `/api` and everything below it. */
export function forRoute(path: string): string {
  const field = 'http.request.uri.path';
  if (!path.endsWith('/*')) return `${field} eq "${path}"`;
  const prefix = path.slice(0, -2);
  if (prefix === '') return `starts_with(${field}, "/")`;
  return `(${field} eq "${prefix}" or starts_with(${field}, "${prefix}/"))`;
}

export function both(one: string, other: string): string {
  return `${one} and ${other}`;
}

export function anyOf(expressions: string[]): string {
  return `(${expressions.join(' or ')})`;
}

export function not(expression: string): string {
  return `not ${expression}`;
}
