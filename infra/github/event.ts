import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';

/** The event `workflow_run`: GitHub writes it, so it is trusted. It describes the run that made the preview. */
const eventSchema = z.object({
  repository: z.object({ full_name: z.string() }),
  workflow_run: z.object({
    id: z.int(),
    run_number: z.int(),
    run_attempt: z.int(),
    event: z.string(),
    conclusion: z.string().nullable(),
    html_url: z.string(),
    path: z.string(),
    head_sha: z.string(),
    head_branch: z.string().nullable(),
    /** Null if the fork has been deleted. */
    head_repository: z.object({ id: z.int(), owner: z.object({ login: z.string() }) }).nullable(),
  }),
});

/** The run of the workflow that made the preview. */
export interface PreviewRun {
  /** `owner/name` of the repository that the pull request goes to. */
  repository: string;
  id: number;
  /** Number and attempt: a later run has a greater one. */
  order: [number, number];
  succeeded: boolean;
  url: string;
  /** The file of the workflow, maybe with the ref that it is of: `.github/workflows/preview.yml@refs/pull/7/merge`. */
  workflow: string;
  /** The newest commit of the pull request when the run started. */
  sha: string;
  head: { branch: string; owner: string; repository: number } | undefined;
}

/** Reads the event of a job that `workflow_run` started. Throws UserError if another event did. */
export function readEvent(path: string): PreviewRun {
  const { data } = eventSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (data?.workflow_run.event !== 'pull_request') {
    throw new UserError(
      'This job was not started by the run of a pull request. Start it on `workflow_run`, as .github/workflows/preview-post.yml does.',
    );
  }
  const { workflow_run: run, repository } = data;
  const { head_repository: fork, head_branch: branch } = run;
  return {
    repository: repository.full_name,
    id: run.id,
    order: [run.run_number, run.run_attempt],
    succeeded: run.conclusion === 'success',
    url: run.html_url,
    workflow: run.path,
    sha: run.head_sha,
    head:
      fork === null || branch === null ? undefined : { branch, owner: fork.owner.login, repository: fork.id },
  };
}
