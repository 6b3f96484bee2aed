import { isDeepStrictEqual } from 'node:util';
import type { Path } from './wire.ts';

export interface Change {
  /** The input that contains the change: `variables`. */
  property: string;
  /** The path in the engine's syntax: `variables.DATABASE_URL`. */
  path: string;
  kind: 'add' | 'delete' | 'update';
  /** True if the change replaces the resource. */
  replace: boolean;
}

/** Returns the differences of two inputs. Compares maps by key, so that a preview shows only the changed variable. */
export function diffInputs(
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
  options: { replaceOn: readonly string[]; ignored: readonly string[] },
): Change[] {
  return diffMaps(olds, news, [])
    .filter(({ path }) => !options.ignored.includes(String(path[0])))
    .map(({ path, kind }) => {
      const property = String(path[0]);
      return { property, path: formatPath(path), kind, replace: options.replaceOn.includes(property) };
    });
}

function diffMaps(
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
  parent: Path,
): { path: Path; kind: Change['kind'] }[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].toSorted();
  return names.flatMap((name) => {
    const path = [...parent, name];
    const before = olds[name];
    const after = news[name];
    if (before === undefined && after === undefined) return [];
    if (before === undefined) return [{ path, kind: 'add' as const }];
    if (after === undefined) return [{ path, kind: 'delete' as const }];
    if (isMap(before) && isMap(after)) return diffMaps(before, after, path);
    return isDeepStrictEqual(before, after) ? [] : [{ path, kind: 'update' as const }];
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a path in the engine's syntax. Names that are not identifiers are quoted in brackets. */
function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (!/^[A-Za-z_$][\w$]*$/.test(String(part))) return `[${JSON.stringify(String(part))}]`;
      return index === 0 ? String(part) : `.${part}`;
    })
    .join('');
}
