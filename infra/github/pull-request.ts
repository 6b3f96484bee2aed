import * as z from 'zod';
import type { GitHub } from './client.ts';
import type { PreviewRun } from './event.ts';

const pullRequestSchema = z.object({
  number: z.int(),
  head: z.object({ sha: z.string(), repo: z.object({ id: z.int() }).nullable() }),
});
const pullRequestsSchema = z.array(pullRequestSchema);
const filesSchema = z.array(z.object({ filename: z.string() }));

/** GitHub lists at most this many files of a pull request. */
const listedFiles = 3000;

/**
 * Returns the numbers of the open pull requests whose newest commit is the one of the run: none if another commit was pushed
 * or the pull request was closed, several if one branch goes to several others. It depends on the event alone.
 */
export async function pullRequestsOf(github: GitHub, run: PreviewRun): Promise<number[]> {
  const { head, repository, sha } = run;
  if (head === undefined) return [];
  const query = `state=open&per_page=100&head=${encodeURIComponent(`${head.owner}:${head.branch}`)}`;
  const numbers: number[] = [];
  for await (const page of github.pages(pullRequestsSchema, `/repos/${repository}/pulls?${query}`)) {
    const ours = page.filter((pull) => pull.head.sha === sha && pull.head.repo?.id === head.repository);
    numbers.push(...ours.map(({ number }) => number));
  }
  return numbers;
}

/**
 * Returns whether a pull request changes the workflow that makes previews, so that its preview cannot be trusted. GitHub lists
 * the files of the newest commit: if that is no longer the one of the run, the list does not say what the run did.
 */
export async function changesWorkflow(github: GitHub, run: PreviewRun, number: number): Promise<boolean> {
  const path = `/repos/${run.repository}/pulls/${number}`;
  let count = 0;
  for await (const page of github.pages(filesSchema, `${path}/files?per_page=100`)) {
    count += page.length;
    const isWorkflow = (name: string) => run.workflow === name || run.workflow.startsWith(`${name}@`);
    if (page.some(({ filename }) => isWorkflow(filename))) return true;
  }
  if (count >= listedFiles) return true;
  const { head } = await github.send(pullRequestSchema, 'GET', path);
  return head.sha !== run.sha;
}
