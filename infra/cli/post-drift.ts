import { Argument, Command } from '@commander-js/extra-typings';
import { driftDocumentSchema } from '../delivery/drift/document.ts';
import { reportDrift } from '../github/drift-issue.ts';
import { openJob } from '../github/job-environment.ts';
import { readDocument } from './read-document.ts';

export const command = new Command('post-drift')
  .description(
    'Open, update or close the issue about the drift of an environment, in a job of GitHub Actions.',
  )
  .addArgument(new Argument('<file>', 'what `railhead drift --json` has printed'))
  .action(async (file) => {
    const document = readDocument(driftDocumentSchema, file, 'drift');
    const reported = await reportDrift(openJob(process.env, '`issues: write`'), document);
    console.log(
      reported.result === 'none'
        ? `${document.environment} has no drift, and no issue is open.`
        : `The issue of ${document.environment} is ${reported.result}: ${reported.url}`,
    );
  });
