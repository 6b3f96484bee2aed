import { posix } from 'node:path';
import { treeAt, type Tree } from '../../stack/tree.ts';
import { defaulted, leavesOf, placeOnly } from '../ledger.ts';
import { textOf } from '../read.ts';
import { leafOf, variable, type Environment } from './interpolate.ts';

/** Returns the variables of a text that no file sets and that have no default, which Compose replaces with nothing. */
export function unsetIn(text: string, environment: Environment): string[] {
  return [...text.matchAll(variable)].flatMap(([whole, braced, operator = '', other = '', bare]) => {
    const name = braced ?? bare;
    if (whole === '$$' || name === undefined) return [];
    const isSet = leafOf(environment, name) !== undefined;
    if (operator.endsWith('+')) return isSet ? unsetIn(other, environment) : [];
    if (isSet) return [];
    return operator.endsWith('-') ? unsetIn(other, environment) : [name];
  });
}

/** Returns where a user sets variables: `write VERSION into .env, then import again`. */
export function howToSet(names: readonly string[], { folder }: Environment): string {
  return `write ${names.join(', ')} into ${posix.join(folder, '.env')}, then import again`;
}

/** Variables of services become secrets where no file has their values, and `readService` reports arguments of builds. */
const apart = [['environment'], ['build', 'args']];

/** Adds a remark to each field whose text contains variables that no file sets and that are needed. */
export function remarkUnset(
  tree: Tree,
  environment: Environment,
  isNeeded: (name: string) => boolean = () => true,
): void {
  const others = apart.flatMap((path) => leavesOf(treeAt(tree, path) ?? placeOnly(tree)));
  for (const leaf of leavesOf(tree).filter((leaf) => !others.includes(leaf))) {
    const names = [...new Set(unsetIn(textOf(leaf) ?? '', environment))].filter(isNeeded);
    if (names.length === 0) continue;
    const why = `no file sets ${names.join(', ')}, which is empty here; ${howToSet(names, environment)}`;
    environment.ledger.remark(leaf, defaulted(why));
  }
}
