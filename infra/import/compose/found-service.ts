import { treeAt, type Tree } from '../../stack/tree.ts';
import { substitute, type Environment } from './interpolate.ts';
import { pairsOf } from './pairs.ts';
import { traefikLabels, type TraefikLabels } from './traefik.ts';

/** A service of a Compose file with the fields of the one that it extends, before it is read. */
export interface FoundService {
  name: string;
  tree: Tree;
  environment: Environment;
  labels: TraefikLabels;
}

export function foundService(name: string, tree: Tree, environment: Environment): FoundService {
  const resolve = (text: string) => substitute(text, environment);
  const pairs = [['labels'], ['deploy', 'labels']].flatMap((path) => pairsOf(treeAt(tree, path), resolve));
  return { name, tree, environment, labels: traefikLabels(pairs) };
}
