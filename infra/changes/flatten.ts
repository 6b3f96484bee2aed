import { routeAddress } from '../stack/route-address.ts';
import { routeOf } from './route-key.ts';

/** Returns every value below a value by its dotted path: `replicas.min` → `2`. */
export function flatten(value: unknown, path = ''): Record<string, string> {
  return Object.fromEntries(entriesOf(value, path));
}

function entriesOf(value: unknown, path: string): [string, string][] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'number' || typeof value === 'boolean') return [[path, String(value)]];
  if (typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    const byKey = keyed(value);
    // A list without keys counts as a whole: an inserted item would move all later ones.
    if (byKey === undefined) return value.length === 0 ? [] : [[path, JSON.stringify(value)]];
    return byKey.flatMap(([key, item]) => entriesOf(item, join(path, key)));
  }
  // A size as the stack file writes it.
  if ('bytes' in value && 'text' in value) return entriesOf(value.text, path);
  return Object.entries(value).flatMap(([key, item]) => entriesOf(item, join(path, key)));
}

/** Returns the items of a list by their paths, routes by their hosts and paths; undefined for lists of items without a path. */
function keyed(items: unknown[]): [string, unknown][] | undefined {
  const entries = items.map((item): [string, unknown] | undefined => {
    if (typeof item !== 'object' || item === null || !('path' in item)) return undefined;
    const { path, ...rest } = item;
    if (typeof path !== 'string') return undefined;
    if (!('host' in rest) || typeof rest.host !== 'string') return [path, rest];
    const { host, ...others } = rest;
    return [routeAddress({ host, path }), others];
  });
  const found = entries.filter((entry) => entry !== undefined);
  return found.length === items.length && found.length > 0 ? found : undefined;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** Returns the path of the stack that a key of `flatten` names. The path of a route is one step. */
export function pathOf(key: string): string[] {
  const found = routeOf(key);
  if (found === undefined) return key.split('.');
  return ['gateway', 'routes', found.route, ...(found.field?.split('.') ?? [])];
}
