import { railheadCommand } from '../../common/commands.ts';
import type { PinChange } from './changes.ts';

interface About {
  number: number;
  from: string;
  to: string;
  /** The release file, relative to the project. */
  file: string;
  only: readonly string[] | undefined;
  changes: readonly PinChange[];
  warnings: readonly string[];
}

/** Returns the branch of a pull request that promotes an update: `promote/staging-12`. */
export function branchOf(to: string, number: number): string {
  return `promote/${to}-${number}`;
}

/** Returns the title: `Promote #12 of dev to staging`. */
export function titleOf({ number, from, to, only }: Omit<About, 'changes' | 'file' | 'warnings'>): string {
  return `Promote ${only === undefined ? '' : `${only.join(', ')} of `}#${number} of ${from} to ${to}`;
}

/** Returns the message of the commit, from which `gh pr create --fill` makes a title and a body. */
export function messageOf(about: About): string {
  return `${titleOf(about)}\n\n${about.changes.map((change) => `- ${lineOf(change)}`).join('\n')}\n`;
}

/**
 * Returns the body of the pull request in Markdown.
 *
 * @param preview what the update would do, in Markdown; undefined if it is not known
 */
export function bodyOf(
  { number, from, to, file, changes, warnings }: About,
  preview: string | undefined,
): string {
  return [
    `\`${file}\` gets the artifacts of #${number} of \`${from}\`. Nothing is built: \`up\` of \`${to}\` deploys exactly these.`,
    '',
    '| artifact | before | after |',
    '| --- | --- | --- |',
    ...changes.map(
      ({ service, before, after }) => `| ${code(service)} | ${code(before?.hash)} | ${code(after?.hash)} |`,
    ),
    '',
    ...warnings.flatMap((warning) => ['> [!WARNING]', `> ${warning}`, '']),
    preview ??
      `What else changes could not be previewed where this was prepared. To see it: \`${railheadCommand(to, 'preview')}\`\n`,
  ].join('\n');
}

function lineOf({ service, before, after }: PinChange): string {
  return `${service}: ${before?.hash ?? 'none'} to ${after?.hash ?? 'none'}`;
}

function code(text: string | undefined): string {
  return text === undefined ? '-' : `\`${text}\``;
}
