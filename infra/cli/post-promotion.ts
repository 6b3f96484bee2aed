import { Argument, Command } from '@commander-js/extra-typings';
import { projectRoot } from '../common/roots.ts';
import { promotionDocumentSchema } from '../delivery/promotion/document.ts';
import { openJob } from '../github/job-environment.ts';
import { openPromotion } from '../github/open-promotion.ts';
import { UserError } from '../../tools/user-error.ts';
import { readDocument } from './read-document.ts';

export const command = new Command('post-promotion')
  .description('Push the branch of a promotion and open its pull request, in a job of GitHub Actions.')
  .addArgument(new Argument('<file>', 'what `railhead promote --pr --json` has printed'))
  .action(async (file) => {
    const { result, branch, title, body, from, to } = readDocument(promotionDocumentSchema, file, 'promote');
    if (result === 'unchanged') {
      console.log(`${to} has the artifacts of ${from} already, so there is no pull request.`);
      return;
    }
    if (branch === undefined || body === undefined)
      throw new UserError(`${file} names no branch. Add --pr to \`railhead promote\`.`);
    const job = openJob(process.env, '`contents: write` and `pull-requests: write`');
    const { url, isNew } = await openPromotion(job, projectRoot(), { branch, title, body });
    console.log(isNew ? `Opened: ${url}` : `A pull request for ${branch} is open: ${url}`);
  });
