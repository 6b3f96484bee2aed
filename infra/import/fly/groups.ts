import { treeAt, type Tree } from '../../stack/tree.ts';
import { childrenOf, defaulted } from '../ledger.ts';
import { settle, textsOf, type Rules } from '../read.ts';

/** Returns the process groups of an app; without any, it has one, `app`. */
export function groupsOf(tree: Tree): string[] {
  const names = childrenOf(treeAt(tree, ['processes'])).map(([name]) => name);
  return names.length === 0 ? ['app'] : names;
}

/** The group to which sections belong that name none. */
export function defaultGroup(tree: Tree): string {
  const names = groupsOf(tree);
  return names.includes('app') ? 'app' : (names.toSorted()[0] ?? 'app');
}

/** Returns the sections of a key, `[key]` or several of `[[key]]`. */
export function sectionsOf(section: Tree | undefined): Tree[] {
  const children = childrenOf(section);
  const areMany = children.every(([step]) => /^\d+$/.test(step));
  return section === undefined ? [] : areMany ? children.map(([, child]) => child) : [section];
}

/** Whether a section belongs to a group: it names it, or none and the group is the default. */
export function belongsTo(section: Tree, group: string, isDefault: boolean): boolean {
  const named = processesOf(section);
  return named.length === 0 ? isDefault : named.includes(group);
}

/** Returns the sections that size the machines of a group: those that name it, or else those that name none. */
export function sizesOf(sections: readonly Tree[], group: string): Tree[] {
  const own = sections.filter((section) => processesOf(section).includes(group));
  return own.length > 0 ? own : sections.filter((section) => processesOf(section).length === 0);
}

function processesOf(section: Tree): string[] {
  const named = treeAt(section, ['processes']);
  return named === undefined ? [] : textsOf(named);
}

/** The rules that every section with `processes` shares. */
export const ofGroup: Rules<unknown> = {
  processes: settle(defaulted('the services of these processes have the section')),
};
