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
    for (const inner of children(token)) {
      stack.push({ token: inner, depth: depth + 1 });
    }
  }
  return undefined;
}

function children(token: CST.Token): CST.Token[] {
  const inner = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
  return [...inner, token.type === 'document' ? token.value : undefined].filter((child) => child != null);
}
