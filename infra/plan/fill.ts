import { UserError } from '../../tools/user-error.ts';
import { hashOf, keyedHashOf } from './hash.ts';
import { Hole, type Computed, type Leaf, type Source, type Text, type UrlPart } from './hole.ts';

/** Returns the text of a hole, given the texts of its leaves. */
export function fill(text: Text, textOf: (leaf: Leaf) => string): string {
  if (typeof text === 'string') return text;
  const { source } = text;
  return isLeaf(source) ? textOf(source) : compute(source, (part) => fill(part, textOf));
}

/** Returns a copy of a value in which `replace` has replaced every hole. Holes can be at any depth. */
export function mapHoles(value: unknown, replace: (hole: Hole) => unknown): unknown {
  if (value instanceof Hole) return replace(value);
  if (Array.isArray(value)) return value.map((item) => mapHoles(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapHoles(item, replace)]));
}

/**
 * Like `mapHoles`, for a result that nothing changes: parts without a hole are those of `value`, and not copies. Most parts of a plan
 * have no hole.
 */
export function replaceHoles(value: unknown, replace: (hole: Hole) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Hole) return replace(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => replaceHoles(item, replace));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    const filled = replaceHoles(item, replace);
    if (filled !== item) (changed ??= { ...value })[key] = filled;
  }
  return changed ?? value;
}

/**
 * Calls `visit` with every hole in a value and the path to it.
 *
 * @param path is the same array for all holes: `visit` copies it if it keeps it
 */
export function visitHoles(
  value: unknown,
  visit: (hole: Hole, path: readonly (string | number)[]) => void,
  path: (string | number)[] = [],
): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Hole) return visit(value, path);
  const inner = (item: unknown, step: string | number) => {
    if (typeof item !== 'object' || item === null) return;
    path.push(step);
    visitHoles(item, visit, path);
    path.pop();
  };
  if (Array.isArray(value)) value.forEach(inner);
  else for (const key in value) inner((value as Record<string, unknown>)[key], key);
}

/** Returns the leaves of every hole in a value. */
export function leavesOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  visitHoles(value, ({ source }) => {
    leaves.push(...(isLeaf(source) ? [source] : leavesOf(inputsOf(source))));
  });
  return leaves;
}

/** Returns true if the text of a hole must not be shown. */
export function isSecret(text: Text): boolean {
  if (typeof text === 'string') return false;
  const { source } = text;
  if (isLeaf(source)) return source.kind !== 'output' || source.secret;
  return !isKeyedHash(source) && partsOf(source).some(isSecret);
}

/** Returns true for a hash that is public, even if its value and its key are secret. */
export function isKeyedHash(source: Source): boolean {
  return source.kind === 'hash' && source.key !== undefined;
}

export function isLeaf(source: Source): source is Leaf {
  return ['output', 'secret', 'program', 'call'].includes(source.kind);
}

/** Returns the holes that a computed text consists of, each once. */
export function partsOf(source: Computed): Hole[] {
  const parts = new Set<Hole>();
  visitHoles(inputsOf(source), (hole) => parts.add(hole));
  return [...parts];
}

/** Returns everything that a computed text depends on. */
function inputsOf(source: Computed): unknown {
  switch (source.kind) {
    case 'join':
      return source.parts;
    case 'json':
      return source.value;
    case 'base64':
    case 'checked':
      return source.text;
    case 'hash':
      return [source.value, source.key];
    case 'urlPart':
      return source.url;
  }
}

/** Returns a computed text, given the texts of its parts. Throws UserError if a checked text has a problem. */
export function compute(source: Computed, textOf: (part: Hole) => string): string {
  const filled = (value: unknown) => replaceHoles(value, textOf);
  const text = (part: Text) => (typeof part === 'string' ? part : textOf(part));
  switch (source.kind) {
    case 'join':
      return source.parts.map(text).join('');
    case 'json':
      return JSON.stringify(filled(source.value));
    case 'base64':
      return Buffer.from(text(source.text)).toString('base64');
    case 'hash':
      return source.key === undefined
        ? hashOf(filled(source.value))
        : keyedHashOf(text(source.key), filled(source.value));
    case 'checked':
      return passed(text(source.text), source.problem);
    case 'urlPart':
      return partOf(new URL(text(source.url)), source.part) || source.otherwise;
  }
}

function passed(text: string, problemOf: (text: string) => string | undefined): string {
  const problem = problemOf(text);
  if (problem !== undefined) throw new UserError(problem);
  return text;
}

/** Returns a part of a URL without its percent encoding. Throws URIError if the encoding is wrong. */
export function partOf(url: URL, part: UrlPart): string {
  switch (part) {
    case 'hostname':
    case 'port':
      return url[part];
    case 'username':
    case 'password':
      return decodeURIComponent(url[part]);
    case 'path':
      return decodeURIComponent(url.pathname.slice(1));
  }
}

/** Returns the value at a path such as `metadata.uid`; undefined if a part of the path does not exist. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
