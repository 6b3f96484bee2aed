import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { childrenOf, defaulted, type Outcome } from '../ledger.ts';
import { textOf } from '../read.ts';
import { substitute, type Environment } from './interpolate.ts';

/** A config or a secret of a Compose file, with the folder and the variables of that file. */
export interface Definition {
  tree: Tree;
  environment: Environment;
}

const kinds = ['configs', 'secrets'] as const;
export type DefinedKind = (typeof kinds)[number];

/** What the files of a system define, by name. */
export type Definitions = Record<DefinedKind, Map<string, Definition>>;

export const noDefinitions = (): Definitions => ({ configs: new Map(), secrets: new Map() });

/** Adds the configs and secrets of a Compose file. */
export function define(definitions: Definitions, tree: Tree, environment: Environment): void {
  for (const kind of kinds)
    for (const [name, own] of childrenOf(treeAt(tree, [kind])))
      definitions[kind].set(name, { tree: own, environment });
}

const ofNoService = defaulted('no service mounts it');
const ofName = defaulted('services name it by its key');

const unused: [string, Outcome][] = [
  ['name', ofName],
  ['labels', ofName],
  ...['file', 'content', 'environment', 'external'].map((key): [string, Outcome] => [key, ofNoService]),
];

/** Settles what services have not used. */
export function settleDefinitions(definitions: Definitions): void {
  for (const kind of kinds)
    for (const { tree, environment } of definitions[kind].values()) {
      for (const [key, outcome] of unused) {
        const value = treeAt(tree, [key]);
        if (value !== undefined) environment.ledger.settleOtherwise(value, outcome);
      }
    }
}

/** Returns the path of the file of a definition, relative to the imported folder. It can be outside of it. */
export function fileOf({ tree, environment }: Definition): { path: string; from: Tree } | undefined {
  const from = treeAt(tree, ['file']);
  const text = substitute(textOf(from) ?? '', environment);
  // The shell of a user resolves `~`, and a secret is part of no path.
  if (from === undefined || text === '' || text.startsWith('~') || text.includes('${{')) return undefined;
  return { path: posix.isAbsolute(text) ? text : posix.join(environment.folder, text), from };
}
