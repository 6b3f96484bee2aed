import { Command } from '@commander-js/extra-typings';
import { runPostJob } from '../github/job.ts';

export const command = new Command('post-preview')
  .description('Post the preview of a pull request on GitHub, in the job that action/post describes.')
  .action(() => runPostJob(process.env));
