import { isDeepStrictEqual } from 'node:util';
import type { Path } from './wire.ts';

export interface Change {
  /** Name of the input that it is in: `variables`. */
  property: string;
  /** `variables.DATABASE_URL`, as the engine shows it. */
  path: string;
  kind: 'add' | 'delete' | 'update';
  /** The change cannot be made in place. */
  replace: boolean;
}

/**
 * Every input that differs, named as deep as both sides are maps, so that a preview shows the one
 * variable that changed and not the map it is in.
 */
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

/** The engine's property path syntax: names with other characters stand in brackets and quotes. */
function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (!/^[A-Za-z_$][\w$]*$/.test(String(part))) return `[${JSON.stringify(String(part))}]`;
      return index === 0 ? String(part) : `.${part}`;
    })
    .join('');
}
