import { appendFileSync } from 'node:fs';
import { UserError } from '../../tools/user-error.ts';
import { openGitHub } from './client.ts';
import { readEvent } from './event.ts';
import { postPreview } from './post.ts';

/** Runs in a job of GitHub Actions: posts the preview of the run that started it, and prints what it did. Throws UserError. */
export async function runPostJob(env: NodeJS.ProcessEnv): Promise<void> {
  const github = openGitHub({
    api: required(env, 'GITHUB_API_URL'),
    graphql: required(env, 'GITHUB_GRAPHQL_URL'),
    token: required(env, 'GITHUB_TOKEN'),
  });
  const posted = await postPreview(github, readEvent(required(env, 'GITHUB_EVENT_PATH')));
  if (posted.number === undefined) {
    console.log(`Nothing was posted. ${posted.reason}`);
    return;
  }
  append(env.GITHUB_STEP_SUMMARY, posted.text);
  append(env.GITHUB_OUTPUT, `comment=${posted.comment}`);
  console.log(`The preview is on #${posted.number}: ${posted.comment}`);
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new UserError(`${name} is not set. This command runs in a job of GitHub Actions: use action/post.`);
  }
  return value;
}

/** Appends to a file that the runner reads at the end of the step. */
function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, `${text}\n`);
}
