import { appendFileSync } from 'node:fs';
import { UserError } from '../../tools/user-error.ts';
import { openGitHub, type GitHub } from './client.ts';

/** A job of GitHub Actions that runs in the repository that it reports to. */
export interface Job {
  github: GitHub;
  /** `owner/name` */
  repository: string;
  /** Number and attempt of the run: a later run of the same workflow has a greater one. */
  order: [number, number];
  /** The page of the run. */
  url: string;
  /** The branch that the run is for. */
  branch: string;
  /** The origin of the repository: `https://github.com`. */
  server: string;
  token: string;
}

/** Opens the job that a command runs in. `needs` names the permissions of its token, for errors. Throws UserError. */
export function openJob(env: NodeJS.ProcessEnv, needs: string): Job {
  const [server, repository] = [required(env, 'GITHUB_SERVER_URL'), required(env, 'GITHUB_REPOSITORY')];
  return {
    ...{ github: openJobGitHub(env, needs), repository, server },
    order: [Number(required(env, 'GITHUB_RUN_NUMBER')), Number(required(env, 'GITHUB_RUN_ATTEMPT'))],
    url: `${server}/${repository}/actions/runs/${required(env, 'GITHUB_RUN_ID')}`,
    branch: required(env, 'GITHUB_REF_NAME'),
    token: required(env, 'GITHUB_TOKEN'),
  };
}

/** Opens GitHub's API with the token of a job. Throws UserError. */
export function openJobGitHub(env: NodeJS.ProcessEnv, needs: string): GitHub {
  return openGitHub({
    api: required(env, 'GITHUB_API_URL'),
    graphql: required(env, 'GITHUB_GRAPHQL_URL'),
    token: required(env, 'GITHUB_TOKEN'),
    needs,
  });
}

/** Returns a variable that GitHub Actions sets. Throws UserError. */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new UserError(
      `${name} is not set. This command runs in a job of GitHub Actions, as infra/github/README.md of Railhead describes.`,
    );
  }
  return value;
}

/** Appends to a file that the runner reads at the end of the step. */
export function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, `${text}\n`);
}
