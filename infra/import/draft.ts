import type { Tree } from '../stack/tree.ts';
import type { Mapped } from './ledger.ts';

export type Value = string | number | boolean | null | readonly string[];

export interface DraftEntry {
  path: readonly string[];
  value: Value;
  /** What it comes from; undefined for what no file says. */
  from: Tree | undefined;
  /** Why it is so, for the reader of the stack file; undefined for what `from` explains. */
  note: string | undefined;
  outcome: Mapped;
}

/** A stack file that is being written: its values by path. Items of a list have numbers as steps. */
export class Draft {
  #entries = new Map<string, DraftEntry>();

  get entries(): readonly DraftEntry[] {
    return [...this.#entries.values()];
  }

  set(path: readonly string[], value: Value, from?: Tree, note?: string): Mapped {
    const outcome: Mapped = { kind: 'mapped', to: path.join('.') };
    this.#entries.set(path.join('\n'), { path, value, from, note, outcome });
    return outcome;
  }

  get(...path: string[]): Value | undefined {
    return this.#entries.get(path.join('\n'))?.value;
  }

  /** Returns the entries at a path and below it. */
  below(path: readonly string[]): DraftEntry[] {
    return this.entries.filter((entry) => isBelow(entry.path, path));
  }

  /** Returns the entries at a path and below it, or else the one above it; for a path that is missing, those of its map. */
  at(path: readonly string[]): DraftEntry[] {
    const below = (start: readonly string[]) => this.entries.filter((entry) => startsWith(entry.path, start));
    const above = this.entries.filter((entry) => startsWith(path, entry.path));
    const found = [below(path), above, path.length > 1 ? below(path.slice(0, -1)) : []];
    return found.find(({ length }) => length > 0) ?? [];
  }

  /** Removes entries. What follows a removed item of a list moves up. */
  remove(removed: readonly DraftEntry[]): void {
    for (const { path } of removed) this.#entries.delete(path.join('\n'));
    const rest = this.entries;
    const counters = new Map<string, string[]>();
    this.#entries = new Map(
      rest.map((entry) => {
        const path = entry.path.map((step, index) => {
          if (!/^\d+$/.test(step) || !lists.has(entry.path[index - 1] ?? '')) return step;
          const list = entry.path.slice(0, index).join('\n');
          const known = counters.get(list) ?? [];
          if (!known.includes(step)) known.push(step);
          counters.set(list, known);
          return String(known.indexOf(step));
        });
        return [path.join('\n'), { ...entry, path }];
      }),
    );
  }
}

/** The fields whose items are separate entries. */
const lists = new Set(['routes', 'tmpfs', 'add', 'files']);

/** Whether a path equals another one or is below it, compared step by step. */
export function isBelow(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, index) => step === path[index]);
}

/** Compares the paths as problems write them: the name of a variable can contain a dot. */
function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return `${path.join('.')}.`.startsWith(`${start.join('.')}.`);
}
