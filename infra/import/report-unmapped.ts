import { paragraph } from '../common/table.ts';
import { formatPlace } from '../stack/tree.ts';
import type { Row } from './rows.ts';

/** Returns the fields that are not mapped, below the reason and the next step that they have in common. */
export function describeUnmapped(rows: readonly Row[], width: number): string[] {
  const unmapped = rows.filter(({ outcome }) => outcome === 'cannot');
  const groups = Map.groupBy(unmapped, ({ why = '', next }) => JSON.stringify([ofService(why), next]));
  if (unmapped.length === 0) return [];
  return ['', 'Not mapped:', ...[...groups.values()].flatMap((group) => describeGroup(group, width))];
}

function describeGroup(group: Row[], width: number): string[] {
  const { why = '', next = '' } = group[0]!;
  const reason = new Set(group.map((row) => row.why)).size === 1 ? why : ofService(why);
  const places = Map.groupBy(group, formatPlace);
  return [
    '',
    ...[...places].flatMap(([place, rows]) => {
      const [first = '', ...others] = [...new Set(rows.map(({ field }) => field))];
      const fields = others.length === 0 ? first : `${first} and ${others.length} more`;
      return paragraph(`${place}  ${fields}`.trimEnd(), width, '    ');
    }),
    ...[reason, `Next: ${next}`].flatMap((text) =>
      paragraph(text, width - 2, '  ').map((line) => `  ${line}`),
    ),
  ];
}

/** Removes the service from the reason of an invalid field. The field of an anchor has the same problem in each service. */
function ofService(why: string): string {
  return why.replace(/^services\.[^.:]+\./, '');
}
