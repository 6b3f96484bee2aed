import * as z from 'zod';
import { gitCommand } from '../common/commands.ts';
import { pushBranch } from '../delivery/promotion/branch.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Job } from './job-environment.ts';

/** A branch of this clone and the texts of its pull request. */
export interface Proposal {
  branch: string;
  title: string;
  body: string;
}

const pullRequestSchema = z.object({ html_url: z.string(), title: z.string() });

/**
 * Pushes the branch and opens its pull request, once: if one with this title is open for a branch of this name, returns that. One with
 * another title is refused: promotions from another environment and of other services have the same branch. The branch is never forced,
 * since others may have added commits. Throws UserError.
 *
 * @param root absolute path of the project
 */
export async function openPromotion(
  { github, repository, server, branch: base, token }: Job,
  root: string,
  { branch, title, body }: Proposal,
): Promise<{ url: string; isNew: boolean }> {
  const pulls = `/repos/${repository}/pulls`;
  const [owner = ''] = repository.split('/');
  const query = `state=open&head=${encodeURIComponent(`${owner}:${branch}`)}`;
  const [open] = await github.send(z.array(pullRequestSchema), 'GET', `${pulls}?${query}`);
  if (open?.title === title) return { url: open.html_url, isNew: false };
  const deletion = gitCommand('push', 'origin', '--delete', branch);
  if (open !== undefined) {
    throw new UserError(
      `The branch ${branch} has an open pull request for another promotion than "${title}": "${open.title}", ${open.html_url}\nMerge it, or delete the branch, which closes it: ${deletion}`,
    );
  }
  const { code, problem } = await pushBranch(root, branch, { server, repository, token });
  if (code !== 0) {
    throw new UserError(
      `The branch ${branch} could not be pushed: ${problem.trim()}\nIf it exists there without a pull request, delete it: ${deletion}`,
    );
  }
  const opened = await github.send(pullRequestSchema, 'POST', pulls, {
    body: { title, body, head: branch, base },
  });
  return { url: opened.html_url, isNew: true };
}
