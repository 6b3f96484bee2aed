import type { CST } from 'yaml';

/** Maximum nesting depth of a stack file. Typical stack files need 6 levels. */
export const maxDepth = 32;

/** Returns the offset of a token that is nested too deep. Uses its own stack, because the parser's walk recurses. */
export function findTooDeep(tokens: CST.Token[]): number | undefined {
  const stack = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth) {
      return token.offset;
    }
    const push = (inner: CST.Token | null | undefined) => {
      // At the last level every token counts. Above it, only those that contain others.
      if (inner && (depth === maxDepth || 'items' in inner)) stack.push({ token: inner, depth: depth + 1 });
    };
    if (token.type === 'document') push(token.value);
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      push(key);
      push(value);
    }
  }
  return undefined;
}
