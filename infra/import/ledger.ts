import type { Tree } from '../stack/tree.ts';

/** What became of a field of an imported file. */
export type Outcome = Mapped | Defaulted | Cannot;

export interface Mapped {
  kind: 'mapped';
  /** What it became, such as `services.api.start`. */
  to: string;
  /** What else there is to know of it. */
  why?: string;
}

export interface Defaulted {
  kind: 'defaulted';
  why: string;
}

export interface Cannot {
  kind: 'cannot';
  why: string;
  /** What the user can do instead. */
  next: string;
}

export const defaulted = (why: string): Defaulted => ({ kind: 'defaulted', why });
export const cannot = (why: string, next: string): Cannot => ({ kind: 'cannot', why, next });

/** Records what became of each leaf of the imported files. A leaf that no reader settles has no outcome. */
export class Ledger {
  #outcomes = new Map<Tree, Outcome[]>();
  #otherwise = new Map<Tree, Outcome>();
  #known = new Set<Tree>();
  #remarks = new Map<Tree, Outcome>();

  /** Settles all leaves of a tree. A leaf that two services use has the outcome of each. */
  settle(tree: Tree, outcome: Outcome): void {
    for (const leaf of leavesOf(tree)) {
      const known = this.#outcomes.get(leaf) ?? [];
      if (!known.includes(outcome)) this.#outcomes.set(leaf, [...known, outcome]);
    }
  }

  /** Settles the leaves of a tree that nothing else settles, before or later. */
  settleOtherwise(tree: Tree, outcome: Outcome): void {
    for (const leaf of leavesOf(tree)) if (!this.#otherwise.has(leaf)) this.#otherwise.set(leaf, outcome);
  }

  /** Records what the user has to know of a leaf besides what becomes of it. */
  remark(leaf: Tree, outcome: Outcome): void {
    this.#remarks.set(leaf, outcome);
  }

  remarkOn(leaf: Tree): Outcome | undefined {
    return this.#remarks.get(leaf);
  }

  /** Records that a reader knows the field of a leaf. If nothing settles the leaf, its value is the reason. */
  markKnown(leaf: Tree): void {
    this.#known.add(leaf);
  }

  isKnown(leaf: Tree): boolean {
    return this.#known.has(leaf);
  }

  of(leaf: Tree): readonly Outcome[] {
    const otherwise = this.#otherwise.get(leaf);
    return this.#outcomes.get(leaf) ?? (otherwise === undefined ? [] : [otherwise]);
  }

  isSettled(tree: Tree): boolean {
    return leavesOf(tree).every((leaf) => this.of(leaf).length > 0);
  }

  /** Puts another outcome in place of one that turned out to be wrong. */
  replace(old: Outcome, outcome: Outcome): void {
    for (const [leaf, known] of this.#outcomes) {
      if (known.includes(old))
        this.#outcomes.set(leaf, [...new Set([...known.filter((one) => one !== old), outcome])]);
    }
  }
}

/** Returns the scalars, empty maps and empty lists of a tree. */
export function leavesOf(tree: Tree): Tree[] {
  const below = childrenOf(tree).flatMap(([, child]) => leavesOf(child));
  return below.length === 0 ? [tree] : below;
}

/** Returns a leaf of no file, for a value that stands at the place of a tree and is not its text. */
export function placeOnly({ place }: Tree): Tree {
  return { kind: 'scalar', place, value: null, text: '' };
}

/** Returns the children of a tree with their keys; none if there is no tree. The numbers of a list count from 0. */
export function childrenOf(tree: Tree | undefined): [string, Tree][] {
  switch (tree?.kind) {
    case 'map':
      return [...tree.entries].map(([key, { value }]) => [key, value]);
    case 'list':
      return tree.items.map((item, index) => [String(index), item]);
    case 'scalar':
    case undefined:
      return [];
  }
}
