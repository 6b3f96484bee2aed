import { treeAt, type Tree } from '../../stack/tree.ts';
import { sayItem } from '../say.ts';
import { cannot, childrenOf, defaulted } from '../ledger.ts';
import { itemsOf, numberOf, textOf, type Rules } from '../read.ts';
import { sizeOf } from '../sizes.ts';
import type { ComposeService } from './compose-service.ts';
import { filled, substitute, type Environment } from './interpolate.ts';

/** The fields that say how the container of a service differs from a hardened one. */
export const containerRules: Rules<ComposeService> = {
  tmpfs: (tree, { service, environment }) => {
    for (const item of itemsOf(tree)) {
      const [path = '', options = ''] = substitute(textOf(item) ?? '', environment).split(':');
      const size = sizeOf(/(?:^|,)size=([^,]+)/.exec(options)?.[1] ?? '');
      if (path === '/tmp') environment.ledger.settle(item, defaulted('every replica has a writable /tmp'));
      else if (path !== '') sayItem(service, 'tmpfs', { path, size, from: item });
    }
    return undefined;
  },
  ulimits: (tree, { service, environment }) => {
    for (const [name, from] of childrenOf(tree)) {
      const [soft, hard] = limitsOf(from, environment);
      if (soft !== undefined && hard !== undefined) sayItem(service, 'ulimits', { name, soft, hard, from });
      else
        environment.ledger.settle(
          from,
          cannot('a limit is a number', 'write it as `ulimits` of the service'),
        );
    }
    return undefined;
  },
  cap_add: (tree, { service }) => {
    for (const from of itemsOf(tree)) {
      const name = (textOf(from) ?? '').toUpperCase().replace(/^CAP_/, '');
      if (name !== '') sayItem(service, 'capabilities', { name, from });
    }
    return undefined;
  },
};

function limitsOf(
  tree: Tree,
  environment: Environment,
): [soft: number | undefined, hard: number | undefined] {
  const limit = (tree: Tree | undefined) => tree && numberOf(filled(tree, environment));
  if (tree.kind !== 'map') return [limit(tree), limit(tree)];
  return [limit(treeAt(tree, ['soft'])), limit(treeAt(tree, ['hard']))];
}
