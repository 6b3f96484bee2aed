import * as z from 'zod';
import type { DriftDocument } from '../delivery/drift/document.ts';
import { drawDrift } from '../delivery/drift/draw.ts';
import type { GitHub } from './client.ts';
import type { Job } from './job-environment.ts';
import { ownLogin } from './own-login.ts';

const issueSchema = z.object({
  number: z.int(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: z.object({ login: z.string() }).nullable(),
  /** GitHub lists pull requests as issues too. */
  pull_request: z.unknown().optional(),
});
type Issue = z.infer<typeof issueSchema>;

/** What became of the issue; `none` if there was none and no drift. */
export type Reported = { result: 'opened' | 'updated' | 'closed'; url: string } | { result: 'none' };

/** GitHub refuses bodies of more than 65,536 characters. */
const longest = 60_000;

/**
 * Keeps one open issue for each environment with drift: opens it, updates it, and closes it once the drift is gone. Ignores issues of
 * other users, also those with the same marker. Does not open a closed issue again.
 */
export async function reportDrift(
  { github, repository, url }: Pick<Job, 'github' | 'repository' | 'url'>,
  document: DriftDocument,
): Promise<Reported> {
  const marker = `<!-- railhead-drift environment=${document.environment} -->`;
  const issues = `/repos/${repository}/issues`;
  const existing = await findIssue(github, issues, marker);
  if (existing === undefined && !document.drifted) return { result: 'none' };
  const title = `Drift in ${document.environment}`;
  const body = `${marker}\n\n${textOf(document, url)}`;
  if (existing === undefined) {
    const opened = await github.send(issueSchema, 'POST', issues, { body: { title, body } });
    return { result: 'opened', url: opened.html_url };
  }
  const closed = document.drifted ? {} : { state: 'closed', state_reason: 'completed' };
  const path = `${issues}/${existing.number}`;
  const changed = await github.send(issueSchema, 'PATCH', path, { body: { title, body, ...closed } });
  return { result: document.drifted ? 'updated' : 'closed', url: changed.html_url };
}

/** Returns the oldest open issue of the token's user with the marker in its first line. */
async function findIssue(github: GitHub, issues: string, marker: string): Promise<Issue | undefined> {
  const author = await ownLogin(github);
  const list = `${issues}?state=open&sort=created&direction=asc&per_page=100`;
  for await (const page of github.pages(z.array(issueSchema), list)) {
    const own = page.find(
      ({ user, body, pull_request: isPullRequest }) =>
        isPullRequest === undefined && user?.login === author && firstLine(body) === marker,
    );
    if (own !== undefined) return own;
  }
  return undefined;
}

/** GitHub's form stores CRLF. */
function firstLine(body: Issue['body']): string | undefined {
  return body?.split(/\r?\n/, 1)[0];
}

/** Returns the Markdown below the marker. What the platform reports is untrusted, so it stands in a block of code. */
function textOf(document: DriftDocument, url: string): string {
  const lines = drawDrift(document, { width: 100 });
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRow(line) + 1)));
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= longest);
  const left = lines.length - shown.length;
  return [
    fence,
    ...shown,
    fence,
    ...(left > 0 ? [`${left} more lines are left out. \`railhead drift\` shows all of them.`] : []),
    '',
    `<sub>Seen on ${document.time} by [this run](${url}).</sub>`,
  ].join('\n');
}

function longestRow(line: string): number {
  return Math.max(0, ...[...line.matchAll(/`+/g)].map(([row]) => row.length));
}
