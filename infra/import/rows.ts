import { compareTexts } from '../common/compare-texts.ts';
import type { Place, Tree } from '../stack/tree.ts';
import type { Added } from './added.ts';
import type { Imported } from './facts.ts';
import { cannot, childrenOf, leavesOf, type Ledger, type Outcome } from './ledger.ts';

/** What became of one field of an imported file. Lines and columns count from 1. */
export interface Row {
  file: string;
  line: number;
  column: number;
  /** Dotted path in the file; empty for the file as a whole, and for a value that no file has. */
  field: string;
  outcome: Outcome['kind'];
  /** Path in the stack file. */
  to?: string;
  why?: string;
  next?: string;
}

const ofValue = cannot(
  'import cannot read this value',
  'write the value into the stack file, or leave it out',
);

/**
 * Returns a row for every field of the imported files, in their order. Fields with one fate are one row.
 *
 * @param schema path of the JSON Schema of stack files
 */
export function reportRows(
  { files, unreadable }: Imported,
  ledger: Ledger,
  added: readonly Added[],
  schema: string,
): Row[] {
  const unknown = cannot(
    'import does not know this field',
    `find its counterpart in ${schema}, or leave it out`,
  );
  const rows = [
    ...files.flatMap(({ tree }) =>
      tree === undefined ? [] : rowsBelow(tree, '', tree.place, ledger, unknown),
    ),
    ...unreadable.map(({ place, message }) =>
      row(place, '', cannot(message, 'correct the file, then import again')),
    ),
    ...added.map(({ to, why, from }) => ({
      ...row(from?.place ?? { file: files[0]?.file ?? '', line: 1, column: 1 }, '', {
        kind: 'defaulted',
        why,
      }),
      to,
    })),
  ];
  return rows.toSorted((a, b) => compareTexts(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function rowsBelow(tree: Tree, field: string, place: Place, ledger: Ledger, unknown: Outcome): Row[] {
  const leaves = leavesOf(tree);
  const [first, ...rest] = leaves.map((leaf) => ledger.of(leaf));
  const outcomes = first ?? [];
  const remarks = leaves.flatMap((leaf) => remarkOn(leaf, ledger));
  const isOne =
    remarks.length === 0 &&
    rest.every(
      (other) => other.length === outcomes.length && other.every((one, index) => one === outcomes[index]),
    );
  const children = childrenOf(tree);
  if (children.length === 0 || (isOne && field !== '')) {
    const missing = leaves.every((leaf) => ledger.isKnown(leaf)) ? ofValue : unknown;
    const all = [...(outcomes.length > 0 ? outcomes : [missing]), ...remarks];
    return all.map((outcome) => row(place, field, outcome));
  }
  return children.flatMap(([step, child]) => {
    const key = tree.kind === 'map' ? tree.entries.get(step)?.key : undefined;
    return rowsBelow(child, field === '' ? step : `${field}.${step}`, key ?? child.place, ledger, unknown);
  });
}

/** A remark is of no use for a value that is not used. */
function remarkOn(leaf: Tree, ledger: Ledger): Outcome[] {
  const outcomes = ledger.of(leaf);
  const isUnused = outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'defaulted');
  return isUnused ? [] : [ledger.remarkOn(leaf) ?? []].flat();
}

function row({ file, line, column }: Place, field: string, outcome: Outcome): Row {
  const { kind, ...rest } = outcome;
  return { file, line, column, field, outcome: kind, ...rest };
}
