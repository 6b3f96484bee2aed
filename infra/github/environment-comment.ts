import type { PullRequestDocument } from '../delivery/pull-requests/document.ts';
import { code, joined, prose, say, type Phrase } from '../views/phrase.ts';
import { inline } from '../views/markdown/escape.ts';
import { postComment } from './comment.ts';
import type { Job } from './job-environment.ts';

/** What became of the environment of a pull request. `unknown`: its command ended without a document. */
export type EnvironmentChange = PullRequestDocument | 'removed' | 'unknown';

/**
 * Tells a pull request about its environment, in a comment of its own: the preview's comment is written by another workflow, whose
 * runs would replace the address. Returns the address of the comment, or undefined if nothing was posted.
 */
export function postEnvironment(
  { github, ...job }: Pick<Job, 'github' | 'repository' | 'order' | 'url'>,
  number: number,
  change: EnvironmentChange,
): Promise<string | undefined> {
  const run = { kind: 'environment' as const, ...job };
  // A pull request that never had an environment needs no comment.
  const mayCreate = change !== 'removed' && (change === 'unknown' || change.result !== 'nothing');
  return postComment(github, run, number, `${textOf(change)}\n\n<sub>[Run](${job.url})</sub>`, { mayCreate });
}

function textOf(change: EnvironmentChange): string {
  if (change === 'removed') return 'The environment of this pull request was removed, with its data.';
  if (change === 'unknown')
    return '**The environment of this pull request could not be updated.** The log of the run has the reason.';
  const { environment, from, result, url, expires, services, left, problems } = change;
  if (result === 'nothing')
    return inline(
      say`This pull request affects no service of ${from} any more. ${environment} keeps what it had, until it expires.`,
    );
  const lines: Phrase[] =
    result === 'failed'
      ? [say`**The update of ${environment} failed.**`, ...problems.map((problem) => prose(problem))]
      : [
          say`**${environment}** runs ${names(services)}, until ${expires ?? 'it is removed'}.`,
          ...(left.length === 0 ? [] : [say`Not affected, so not in it: ${names(left)}.`]),
        ];
  return [...(url === undefined ? [] : [`**URL: <${new URL(url).href}>**`]), ...lines.map(inline)].join(
    '\n\n',
  );
}

function names(all: readonly string[]): Phrase {
  return joined(all.map((name) => code(name)));
}
