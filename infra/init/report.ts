import { npmCommand, railheadCommand } from '../common/commands.ts';
import { table } from '../common/table.ts';
import { diffLines } from './diff.ts';
import type { InitPlan } from './plan.ts';
import type { Addition } from './plan-project.ts';
import type { Change, Detected } from './types.ts';

const width = 80;

/** Returns the text that shows a plan: what was found, what changes, and the content of every change. */
export function describePlan(plan: InitPlan): string {
  const { root, name, detected, changes, additions, keptScripts, isInGit, above, targetReason } = plan;
  const kept = keptScripts.map((script) => [
    `package.json keeps its own script "${script}". Railhead's is: ${railheadCommand(undefined, script)}`,
  ]);
  const notes = [
    ...kept,
    ...(targetReason === undefined ? [] : [[targetReason]]),
    ...(above === undefined ? [] : [[`${above} is a project too; this folder becomes one of its own.`]]),
    ...(isInGit || changes.length === 0
      ? []
      : [['This folder is in no git repository, so git cannot undo the changes.']]),
  ];
  return [
    changes.length === 0
      ? `Nothing to do: ${name} has everything that init writes.`
      : `Railhead for ${name}, in ${root}`,
    ...(detected === undefined ? [] : describeServices(detected)),
    ...section('Notes', notes),
    ...section(
      'Changes',
      changes.map(({ before, path }) => [before === undefined ? 'new' : 'changed', path]),
    ),
    ...changes.flatMap(describeChange),
    ...additions.flatMap(describeAddition),
  ].join('\n');
}

/** Returns the text that `init` prints after it has written the changes. It lists the remaining steps. */
export function describeNext({ changes, steps, additions, keptScripts, environment }: InitPlan): string {
  const files = changes.length === 1 ? '1 file' : `${changes.length} files`;
  const lines = additions.length === 0 ? [] : ['Add the lines above'];
  return [
    `Wrote ${files}.`,
    ...section(
      'Before the first start',
      [...lines, ...steps].map((step) => ['-', step]),
    ),
    '',
    environment === undefined
      ? `Next: correct the stack file, then ${railheadCommand(undefined, 'init')}`
      : `Next: ${keptScripts.includes('up') ? railheadCommand(environment, 'up') : npmCommand('up', environment)}`,
  ].join('\n');
}

function describeServices({ proposals, unfit }: Detected): string[] {
  const services = proposals.map(({ name, source, reasons }) => [name, source, reasons.join('; ')]);
  return [
    ...section('Services', services),
    ...section(
      'Not proposed',
      unfit.map(({ place, reason }) => [place, reason]),
    ),
  ];
}

/** Returns the lines that show a change, with a title. */
export function describeChange(change: Change): string[] {
  const title = `── ${change.path}${change.before === undefined ? ' (new)' : ''} `;
  return ['', title.padEnd(width, '─'), ...diffLines(change)];
}

function describeAddition({ file, lines }: Addition): string[] {
  return ['', `Add to ${file}:`, '', ...lines.map((line) => `    ${line}`.trimEnd())];
}

export function section(title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows, width - 2).map((line) => `  ${line}`)];
}
