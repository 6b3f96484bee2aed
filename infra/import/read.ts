import { treeAt, type Tree } from '../stack/tree.ts';
import { childrenOf, type Ledger, type Outcome } from './ledger.ts';

/** What a reader does with a field: it takes facts from it, or says what becomes of it. */
export type FieldRule<Context> = (value: Tree, context: Context) => Outcome | undefined;

/** Rules by dotted path. `*` stands for every key of a map or every item of a list. */
export type Rules<Context> = Record<string, FieldRule<Context>>;

/** Returns the rule of a field whose outcome does not depend on its value. */
export function settle(outcome: Outcome): () => Outcome {
  return () => outcome;
}

/** Applies each rule to the values at its path, in the order of the rules. Paths that do not exist are skipped. */
export function applyRules<Context>(
  tree: Tree,
  rules: Rules<Context>,
  context: Context,
  ledger: Ledger,
): void {
  for (const [path, rule] of Object.entries(rules)) {
    for (const value of valuesAt(tree, path.split('.'))) {
      const outcome = rule(value, context);
      if (outcome !== undefined) ledger.settle(value, outcome);
      if (value.kind === 'scalar') ledger.markKnown(value);
    }
  }
}

function valuesAt(tree: Tree, [step, ...rest]: string[]): Tree[] {
  if (step === undefined) return [tree];
  const below = step === '*' ? childrenOf(tree).map(([, child]) => child) : [treeAt(tree, [step])];
  return below.flatMap((child) => (child === undefined ? [] : valuesAt(child, rest)));
}

/** Returns the text of a scalar; undefined for a map, a list and an empty value. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.text) : undefined;
}

export function numberOf(tree: Tree | undefined): number | undefined {
  const text = textOf(tree)?.trim();
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Returns the items of a list, or another value as a list of one; nothing if there is no value. */
export function itemsOf(tree: Tree | undefined): Tree[] {
  if (tree === undefined) return [];
  return tree.kind === 'list' ? tree.items : [tree];
}

/** Returns the texts of a list, or of a scalar as a list of one. */
export function textsOf(tree: Tree): string[] {
  return itemsOf(tree).flatMap((item) => textOf(item) ?? []);
}

/** Returns the words of a command that no shell reads, without their quotes. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:[^\s"']|"(?:\\.|[^"\\])*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, '$1$2'));
}

const seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Returns a duration in whole seconds: `90`, `30s`, `1m30s`. */
export function durationOf(tree: Tree): number | undefined {
  const text = textOf(tree)?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h|d)/g)];
  return Math.ceil(parts.reduce((sum, [, n, unit]) => sum + Number(n) * seconds[unit as 's'], 0));
}
