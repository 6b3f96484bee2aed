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
    ...table(rows.map(cells)),
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

function cells({ file, line, column, field, outcome, to, why, next }: Row): string[] {
  const text = [to === undefined ? [] : [`→ ${to}`], why === undefined ? [] : [why]].flat().join('; ');
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
