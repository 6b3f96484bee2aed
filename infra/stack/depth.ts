import type { CST } from 'yaml';

/** Levels of nesting; real stack files need 6. */
export const maxDepth = 32;

/** Offset of the first token that is nested too deep. With a stack of our own: the parser's walks recurse. */
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
