import type { CST } from 'yaml';

/** Maximum nesting depth of a stack file. Typical stack files need 6 levels. */
export const maxDepth = 32;

/** Returns the offset of the first token that is nested too deep. Stops there, so that it cannot exhaust the call stack. */
export function findTooDeep(token: CST.Token | null | undefined, depth = 0): number | undefined {
  if (!token) return undefined;
  if (depth > maxDepth) return token.offset;
  if (token.type === 'document') return findTooDeep(token.value, depth + 1);
  if (!('items' in token)) return undefined;
  for (const { key, value } of token.items) {
    const found = findTooDeep(key, depth + 1) ?? findTooDeep(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
