import { relative, join } from 'node:path';
import { cdCommand, quote, railheadCommand, secretCommand } from '../common/commands.ts';
import { paragraph, table } from '../common/table.ts';
import { formatProblems } from '../stack/problem.ts';
import { ofServices } from './of-services.ts';
import type { ImportPlan } from './plan.ts';
import { describeOverlays, describeTarget, environmentOfInit } from './report-targets.ts';
import { describeUnmapped } from './report-unmapped.ts';
import type { Row } from './rows.ts';

/**
 * Returns the text that shows an import: each field with what became of it. What the user has to do is at the end, where a terminal
 * shows it.
 */
export function describeImport(plan: ImportPlan, width = Infinity): string {
  const { root, format, rows, ignored, targets, problems, lacking, manifests } = plan;
  const files = [...new Set(rows.map(({ file }) => file))].filter((file) => !manifests.includes(file));
  return [
    ...paragraph(`Read as ${format}: ${files.join(', ')}`, width, '  '),
    ...(manifests.length === 0
      ? []
      : paragraph(`Not imported, Kubernetes manifests: ${manifests.join(', ')}`, width, '  ')),
    ...ignored.map(
      (file) =>
        `Not read: ${file}. To import it instead, name it: ${railheadCommand(undefined, 'import', relative(process.cwd(), join(root, file)))}`,
    ),
    ...describeRows(
      rows.filter(({ outcome }) => outcome !== 'cannot'),
      width,
    ),
    ...describeUnmapped(rows, width),
    '',
    counts(rows),
    ...targets.flatMap((target) => describeTarget(target, width)),
    ...(lacking === undefined ? [] : ['', ...paragraph(lacking, width, '  ')]),
    ...(problems.length === 0
      ? []
      : ['', 'There is no service that can run, so no stack file is written:', ...formatProblems(problems)]),
  ].join('\n');
}

/** Returns a table with a title for each file. An empty first column indents its rows. */
function describeRows(rows: readonly Row[], width: number): string[] {
  const groups = groupsOf(rows);
  return table(
    groups.flatMap((group, index) => {
      const { file } = group[0]!;
      return file === groups[index - 1]?.[0]!.file ? [cells(group)] : ['', file, cells(group)];
    }),
    width,
  );
}

/**
 * Groups the rows of one place that differ only in what the field became, and the values of one file that no field has. The fields of
 * an anchor are fields of each service that uses it.
 */
function groupsOf(rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, ({ file, line, column, field, outcome, why }) =>
    JSON.stringify([file, ...(field === '' ? [] : [line, column]), outcome, why]),
  );
  return [...groups.values()];
}

function cells(group: Row[]): string[] {
  const { line, column, field, why } = group[0]!;
  const became = ofServices(group.flatMap(({ to }) => to ?? []));
  const text = [became, why ?? ''].filter((part) => part !== '').join('; ');
  return ['', `${line}:${column}`, field, became === '' ? '' : '→', text];
}

function counts(rows: readonly Row[]): string {
  const count = (outcome: Row['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const fields = rows.length === 1 ? '1 field' : `${rows.length} fields`;
  return `${fields}: ${count('mapped')} mapped, ${count('defaulted')} defaulted, ${count('cannot')} not mapped`;
}

/** Returns the commands that remain after the files are written. */
export function describeSteps(
  { root, secrets, secretFiles, targets, changes }: ImportPlan,
  environment = environmentOfInit(targets),
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
    ...describeOverlays(targets, environment),
    '',
    `Next: ${railheadCommand(undefined, 'init')}`,
  ];
}
