import { ghCommand, gitCommand, npmCommand, railheadCommand } from '../common/commands.ts';
import { terminalWidth } from '../common/table.ts';
import { remoteOf } from '../delivery/promotion/branch.ts';
import { drawChanges } from '../delivery/promotion/changes.ts';
import type { Promotion } from '../delivery/promotion/promote.ts';
import { titleOf } from '../delivery/promotion/pull-request.ts';

type Facts = Pick<Promotion, 'number' | 'file' | 'changes'>;

export function describePlanned(
  { number, file, changes, warnings }: Facts & Pick<Promotion, 'warnings'>,
  from: string,
): string[] {
  return [
    `${file} will have the artifacts of #${number} of ${from}:`,
    ...drawChanges(changes, terminalWidth() - 2).map((line) => `  ${line}`),
    '',
    ...warnings.flatMap((warning) => [`Warning: ${warning}`, '']),
  ];
}

export function describeUnchanged({ number, file }: Facts, from: string, to: string): string[] {
  return [
    `Nothing changes: ${file} has the artifacts of #${number} of ${from} already.`,
    `If ${to} does not run them yet: ${npmCommand('up', to)}`,
  ];
}

interface Proposed extends Facts {
  from: string;
  to: string;
  only: readonly string[] | undefined;
}

/** @param paths the files that were changed, relative to the project */
export function describeWritten(
  { number, file, from, to, only }: Proposed,
  paths: readonly string[],
): string[] {
  return [
    `${file} has the artifacts of #${number} of ${from} now.`,
    '',
    'Next:',
    `  ${addCommand(to, paths)}`,
    `  ${gitCommand('commit', '-m', titleOf({ number, from, to, only }))}`,
    `  ${railheadCommand(to, 'preview')}`,
    `  ${npmCommand('up', to)}`,
  ];
}

/** Returns the command that stages changed files of an environment. git refuses the whole command if it does not know one removed file. */
export function addCommand(environment: string, paths: readonly string[]): string {
  const [path, ...more] = paths;
  if (path !== undefined && more.length === 0) return gitCommand('add', path);
  return gitCommand('add', '--all', `Pulumi.${environment}.yaml`, 'releases');
}

/** Describes a branch for a pull request. Nothing was pushed. */
export async function describeProposed(
  about: Proposed,
  pr: { root: string; branch: string; body: string; bodyFile: string | undefined },
): Promise<string[]> {
  const { branch, body, bodyFile } = pr;
  const title = titleOf(about);
  const text = bodyFile === undefined ? ['--fill'] : ['--title', title, '--body-file', bodyFile];
  return [
    `The branch ${branch} has a commit with ${about.file}. Your files and your branch are as they were.`,
    '',
    `Title: ${title}`,
    ...(bodyFile === undefined ? ['Body:', '', body] : [`Body: ${bodyFile}`, '']),
    'Next:',
    `  ${gitCommand('push', '--set-upstream', await remoteOf(pr.root), branch)}`,
    `  ${ghCommand('pr', 'create', '--head', branch, ...text)}`,
  ];
}
