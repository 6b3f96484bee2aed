import { markdownTable } from '../infra/common/table.ts';
import type { Part } from './breakdown/parts.ts';
import type { Goal, Row } from './compare.ts';

const heading = ['figure', 'ours', 'reference', 'ratio', 'min–max', 'goal', ''];

/** Formats the figures as a Markdown table with aligned columns. */
export function formatTable(rows: Row[]): string {
  return markdownTable([heading, ...rows.map(cells)]).join('\n');
}

/** Formats the parts of a figure, in milliseconds, with their sums. */
export function formatParts({ name, parts = [] }: Row): string {
  const together = {
    name: '**together**',
    ours: parts.reduce((sum, { ours }) => sum + ours, 0),
    reference: parts.reduce((sum, { reference }) => sum + reference, 0),
  };
  const cellsOf = (part: Part) => [part.name, part.ours.toFixed(0), part.reference.toFixed(0)];
  return markdownTable([[`${name}: part`, 'ours', 'reference'], ...[...parts, together].map(cellsOf)]).join(
    '\n',
  );
}

export function isMet({ ratio, goal }: Row): boolean {
  if (goal === undefined) return true;
  return 'atMost' in goal ? ratio.median <= goal.atMost : ratio.median >= goal.atLeast;
}

function cells(row: Row): string[] {
  const { name, unit, ours, reference, ratio, goal } = row;
  const spread = `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`;
  const verdict = goal === undefined ? '' : isMet(row) ? 'met' : 'not met';
  return [
    name,
    figure(ours, unit),
    figure(reference, unit),
    ratio.median.toFixed(2),
    spread,
    bound(goal),
    verdict,
  ];
}

function figure(value: number, unit: Row['unit']): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
}

function bound(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}
