import { readEvent } from './event.ts';
import { append, openJobGitHub, required } from './job-environment.ts';
import { postPreview } from './post.ts';

/** Runs in a job of GitHub Actions: posts the preview of the run that started it, and prints what it did. Throws UserError. */
export async function runPostJob(env: NodeJS.ProcessEnv): Promise<void> {
  const github = openJobGitHub(env, '`actions: read`, `checks: write` and `pull-requests: write`');
  const posted = await postPreview(github, readEvent(required(env, 'GITHUB_EVENT_PATH')));
  if (posted.number === undefined) {
    console.log(`Nothing was posted. ${posted.reason}`);
    return;
  }
  append(env.GITHUB_STEP_SUMMARY, posted.text);
  append(env.GITHUB_OUTPUT, `comment=${posted.comment}`);
  console.log(`The preview is on #${posted.number}: ${posted.comment}`);
}
