import { Argument, Command, Option } from '@commander-js/extra-typings';
import { pullRequestDocumentSchema } from '../delivery/pull-requests/document.ts';
import { postEnvironment, type EnvironmentChange } from '../github/environment-comment.ts';
import { append, openJob } from '../github/job-environment.ts';
import { UserError } from '../../tools/user-error.ts';
import { positiveNumber, valueOption } from './options.ts';
import { readDocument } from './read-document.ts';

export const command = new Command('post-environment')
  .description('Comment on a pull request where its environment runs, in a job of GitHub Actions.')
  .addArgument(new Argument('<number>', 'the number of the pull request').argParser(positiveNumber))
  .addOption(
    valueOption('--file <file>', 'what `railhead pr up --json` has printed; empty if it failed early'),
  )
  .addOption(new Option('--removed', 'the environment was removed').conflicts('file'))
  .action(async (number, { file, removed = false }) => {
    if (file === undefined && !removed) throw new UserError('Add --file <file>, or --removed.');
    const change: EnvironmentChange =
      file === undefined
        ? 'removed'
        : (readDocument(pullRequestDocumentSchema, file, 'pr up', { mayBeEmpty: true }) ?? 'unknown');
    const comment = await postEnvironment(openJob(process.env, '`pull-requests: write`'), number, change);
    const url = typeof change === 'object' ? change.url : undefined;
    if (url !== undefined) append(process.env.GITHUB_OUTPUT, `url=${new URL(url).href}`);
    console.log(
      comment === undefined ? 'Nothing was posted.' : `The environment is on #${number}: ${comment}`,
    );
  });
