import { relative, join } from 'node:path';
import { cdCommand, quote, railheadCommand, secretCommand } from '../common/commands.ts';
import { table } from '../common/table.ts';
import { formatProblems } from '../stack/problem.ts';
import type { ImportPlan } from './plan.ts';
import type { Row } from './rows.ts';

/** Returns the text that shows an import: each field with what became of it, and what the user has to do. */
export function describeImport({ root, format, rows, ignored, targets, problems }: ImportPlan): string {
  const files = [...new Set(rows.map(({ file }) => file))];
  return [
    `Read as ${format}: ${files.join(', ')}`,
    ...ignored.map(
      (file) =>
        `Not read: ${file}. To import it instead, name it: ${railheadCommand(undefined, 'import', relative(process.cwd(), join(root, file)))}`,
    ),
    '',
    ...table(groupsOf(rows).map(cells)),
    '',
    counts(rows),
    ...targets.map(({ name, problems }) =>
      describeTarget(
        name,
        problems.map(({ path, message }) => `${path}: ${message}`),
      ),
    ),
    ...(problems.length === 0
      ? []
      : ['', 'There is no service that can run, so no stack file is written:', ...formatProblems(problems)]),
  ].join('\n');
}

/**
 * Groups the rows of one place that differ only in what the field became. The fields of an anchor are fields of each service that
 * uses it.
 */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, ({ file, line, column, outcome, why, next }) =>
    JSON.stringify([file, line, column, outcome, why, next]),
  );
  return [...groups.values()];
}

function cells(group: Row[]): string[] {
  const { file, line, column, field, outcome, why, next } = group[0]!;
  const became = [...new Set(group.flatMap(({ to }) => to ?? []))];
  const shown = became.length > 3 ? [`${became[0]} and ${became.length - 1} others`] : became;
  const text = [
    ...(shown.length === 0 ? [] : [`→ ${shown.join(', ')}`]),
    ...(why === undefined ? [] : [why]),
  ].join('; ');
  return [`${file}:${line}:${column}`, outcome, field, next === undefined ? text : `${text}. Next: ${next}`];
}

function counts(rows: readonly Row[]): string {
  const count = (outcome: Row['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  return `${rows.length} fields: ${count('mapped')} mapped, ${count('defaulted')} defaulted, ${count('cannot')} cannot`;
}

function describeTarget(name: string, problems: string[]): string {
  return problems.length === 0 ? `${name}: can run it` : `${name}: cannot run it: ${problems.join('; ')}`;
}

/** Returns the commands that remain after the files are written. */
export function describeSteps(
  { root, secrets, secretFiles, changes }: ImportPlan,
  environment = 'dev',
): string[] {
  const folder = relative(process.cwd(), root);
  return [
    ...changes.map(({ path }) => `Wrote ${join(folder, path)}`),
    ...(folder === '' ? [] : ['', 'The next commands run in its folder:', `  ${cdCommand(folder)}`]),
    ...(secrets.length === 0 ? [] : ['', 'Values of secrets were not copied. Set each in each environment:']),
    ...secrets.map((name) => {
      const file = secretFiles.get(name);
      return `  ${secretCommand(environment, name)}${file === undefined ? '' : ` < ${quote(file)}`}`;
    }),
    '',
    `Next: ${railheadCommand(undefined, 'init')}`,
  ];
}
