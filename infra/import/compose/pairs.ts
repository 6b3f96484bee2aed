import type { Tree } from '../../stack/tree.ts';
import { childrenOf } from '../ledger.ts';
import { textOf } from '../read.ts';

/** Returns the pairs of a map, or of a list of `NAME=value` and maps; without a value where the shell's is passed on. */
export function pairsOf(
  tree: Tree | undefined,
  resolve = (text: string) => text,
): [name: string, value: string | undefined, from: Tree][] {
  return childrenOf(tree).flatMap(([key, item]) => {
    if (tree?.kind === 'map') return [[key, resolved(textOf(item), resolve), item]];
    if (item.kind === 'map') return pairsOf(item, resolve);
    const [, name = '', value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(resolve(textOf(item) ?? '')) ?? [];
    return name === '' ? [] : [[name, value, item]];
  });
}

function resolved(text: string | undefined, resolve: (text: string) => string): string | undefined {
  return text === undefined ? undefined : resolve(text);
}
