import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { backoff, GitHubError, type GitHub } from './client.ts';
import { ownLogin } from './own-login.ts';

const commentSchema = z.object({
  id: z.int(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
});
type Comment = z.infer<typeof commentSchema>;

/** A run that comments. */
interface Run {
  /** What the comment is about: a pull request has one comment of each kind. */
  kind: 'preview' | 'environment';
  repository: string;
  order: [number, number];
}

/** Matches the first line of the comment. A later run replaces the comment of an earlier one, not the reverse. */
function markerOf(kind: Run['kind']): RegExp {
  return new RegExp(`^<!-- railhead-${kind} run=(\\d{1,15})\\.(\\d{1,9}) -->`);
}

const attempts = 5;

/**
 * Creates or updates the comment of a kind on a pull request, found by its marker. Ignores comments by other users,
 * also those with the marker. Returns its address, or undefined if a later run has written it. `mayCreate: false` only updates.
 */
export async function postComment(
  github: GitHub,
  { kind, repository, order }: Run,
  number: number,
  text: string,
  { mayCreate = true } = {},
): Promise<string | undefined> {
  const body = `<!-- railhead-${kind} run=${order.join('.')} -->\n\n${text}`;
  const list = `/repos/${repository}/issues/${number}/comments`;
  const author = await ownLogin(github);
  const marker = markerOf(kind);
  for (let attempt = 1; ; attempt++) {
    const existing = await findComment(github, list, { author, marker });
    if (existing === undefined && !mayCreate) return undefined;
    if (existing !== undefined && isLater(orderOf(existing, marker), order)) return undefined;
    try {
      const posted =
        existing === undefined
          ? await github.send(commentSchema, 'POST', list, { body: { body } })
          : await github.send(commentSchema, 'PATCH', `/repos/${repository}/issues/comments/${existing.id}`, {
              body: { body },
            });
      return posted.html_url;
    } catch (error) {
      if (attempt === attempts || !canChange(error)) throw error;
      await sleep(backoff(attempt));
    }
  }
}

async function findComment(
  github: GitHub,
  list: string,
  { author, marker }: { author: string; marker: RegExp },
): Promise<Comment | undefined> {
  for await (const page of github.pages(z.array(commentSchema), `${list}?per_page=100`)) {
    const own = page.find((comment) => comment.user?.login === author && marker.test(comment.body ?? ''));
    if (own !== undefined) return own;
  }
  return undefined;
}

function orderOf({ body }: Comment, marker: RegExp): [number, number] {
  const [, run, attempt] = marker.exec(body ?? '') ?? [];
  return [Number(run), Number(attempt)];
}

function isLater([run, attempt]: [number, number], [otherRun, otherAttempt]: [number, number]): boolean {
  return run > otherRun || (run === otherRun && attempt > otherAttempt);
}

/**
 * Returns whether the comments may be others than those that were read: the comment has been deleted since, or a request to
 * create it may have succeeded although its response is an error or did not arrive.
 */
function canChange(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false;
  const { status } = error;
  return status === undefined || status === 404 || status >= 500;
}
