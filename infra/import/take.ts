import { posix } from 'node:path';
import type { Tree } from '../stack/tree.ts';
import type { ImportedService, NamesOf } from './facts.ts';
import { say, sayVariable } from './say.ts';
import { cannot, childrenOf, defaulted, type Outcome } from './ledger.ts';
import { durationOf, numberOf, textOf, textsOf, type FieldRule, type Rules } from './read.ts';
import { sizeOf } from './sizes.ts';

/** The service whose facts the rules of a reader take. */
export interface Taking {
  service: ImportedService;
}

type Rule = FieldRule<Taking>;

export const isDefault = defaulted('it is the default of the platform');
export const ofEditor = defaulted('editors read it');
export const ofInputs = defaulted('a service is built again after a change of what its artifact contains');
export const ofContents = defaulted('Railhead builds by what the folder contains');
export const noMap = cannot('a service is a map of its fields', 'write them, or remove the service');
export const ofPlace = defaulted('the target decides where an environment runs');
export const onePlace = cannot('an environment runs in one place', 'make an environment for each region');
export const ofPullRequests = cannot(
  'an environment of a pull request is a copy of another one',
  'write `pullRequests` into the overlay of that environment',
);

const isNull = (tree: Tree) => tree.kind === 'scalar' && tree.value === null;

/** Takes a field whose text is the fact. */
export function text(name: NamesOf<string>): Rule {
  return (tree, { service }) => {
    const value = textOf(tree);
    if (value !== undefined && value !== '') say(service, name, value as never, tree);
    return value === '' || isNull(tree) ? isDefault : undefined;
  };
}

/** Takes a number, or a duration in seconds. */
export function number(name: NamesOf<number>): Rule {
  return (tree, { service }) => {
    const value = durationOf(tree) ?? numberOf(tree);
    if (value !== undefined) say(service, name, value, tree);
    return isNull(tree) ? isDefault : undefined;
  };
}

/** Takes a size; `unit` is that of a number without one, such as `GB`. */
export function size(name: 'memory' | 'volumeSize', unit = ''): Rule {
  return (tree, { service }) => {
    const value = sizeOf(textOf(tree) ?? '', unit);
    if (value !== undefined) say(service, name, value, tree);
    return isNull(tree) ? isDefault : undefined;
  };
}

/** Takes the pairs of a map as variables of the service, or of its build. */
export function pairs(
  name: 'variables' | 'buildVariables',
  valueOf: (pair: Tree) => string | undefined = textOf,
): Rule {
  return (tree, { service }) => {
    for (const [variable, from] of childrenOf(tree)) {
      const value = valueOf(from);
      if (value !== undefined) sayVariable(service, name, variable, { value, from });
    }
    return undefined;
  };
}

/** Returns a folder relative to the repository; without a path, and for `/`, the repository itself. */
export function folderOf(path: Tree | undefined): string {
  return posix.normalize(textOf(path) ?? '.').replace(/^\/|\/$/g, '') || '.';
}

/** Takes the commands that run before a new version starts, one or a list, as `adapt` changes each. */
export function preDeploy(
  tree: Tree,
  { service }: Taking,
  adapt = (command: string) => command,
): Outcome | undefined {
  const commands = textsOf(tree).filter((command) => command !== '');
  if (commands.length > 0) say(service, 'preDeploy', commands.map(adapt), tree);
  return commands.length === 0 ? isDefault : undefined;
}

/** Returns rules for the fields below a key. */
export function prefixed<Context>(start: string, rules: Rules<Context>): Rules<Context> {
  return Object.fromEntries(Object.entries(rules).map(([path, rule]) => [`${start}.${path}`, rule]));
}
