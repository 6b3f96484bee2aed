import { drawMarkdown } from '../views/markdown/markdown.ts';
import { artifactName, LongPreview, readArtifact, RefusedFile, type HandedOver } from './artifact.ts';
import { checkOf, postCheck } from './check-run.ts';
import type { GitHub } from './client.ts';
import { postComment } from './comment.ts';
import type { PreviewRun } from './event.ts';
import { changesWorkflow, pullRequestsOf } from './pull-request.ts';

/** What was posted, or why nothing was. */
export type Posted =
  | { number: number; comment: string; text: string; reason?: undefined }
  | { number?: undefined; reason: string };

/** The file of the workflow can have any name, so it is not shown. */
const warning = `> [!CAUTION]
> This pull request changes the workflow that makes this preview. It may not show what an update does.`;

/**
 * Posts the preview of a run on its pull request: a comment and a check run. What the run handed over is data that the code of
 * a pull request may have written: the texts are made of the checked document by this program, and the pull request is the one
 * of the event. Throws RefusedFile if the document is refused, and UserError for other errors.
 */
export async function postPreview(github: GitHub, run: PreviewRun): Promise<Posted> {
  const numbers = await pullRequestsOf(github, run);
  if (numbers.length === 0) {
    return {
      reason: `No open pull request has ${run.sha} as its newest commit: it is closed, or has a later run.`,
    };
  }
  try {
    const handedOver = await readArtifact(github, run);
    if (handedOver !== undefined) return await postHandedOver(github, run, numbers, handedOver);
    if (run.succeeded) throw new RefusedFile(`The run has no artifact "${artifactName}".`);
    await markOutdated(github, run, numbers, 'The job that makes the preview failed');
    return { reason: `The job that makes the preview failed: ${run.url}` };
  } catch (error) {
    if (error instanceof RefusedFile) await reportRefusal(github, run, numbers, error);
    throw error;
  }
}

async function postHandedOver(
  github: GitHub,
  run: PreviewRun,
  numbers: readonly number[],
  { document, number }: HandedOver,
): Promise<Posted> {
  if (!numbers.includes(number)) {
    throw new RefusedFile('The artifact names a pull request that its run does not belong to.');
  }
  const isTrusted = !(await changesWorkflow(github, run, number));
  const text = [...(isTrusted ? [] : [warning]), drawMarkdown(document), footer(run)].join('\n\n');
  const comment = await postComment(github, { kind: 'preview', ...run }, number, text);
  if (comment === undefined) return { reason: `The comment on #${number} is of a later run.` };
  await postCheck(github, run, checkOf(document, text, isTrusted));
  return { number, comment, text };
}

/** A refused document is shown by text of this program alone. */
async function reportRefusal(
  github: GitHub,
  run: PreviewRun,
  numbers: readonly number[],
  refused: RefusedFile,
): Promise<void> {
  const { title, summary } = refused instanceof LongPreview ? tooLong(run) : unreadable;
  await markOutdated(github, run, numbers, title);
  await postCheck(github, run, { conclusion: 'failure', title, summary });
}

const unreadable = {
  title: 'The preview file was refused',
  summary: `The file preview.json is not a preview of this version of Railhead. The log of the job that posts the preview has the reason. Merge the default branch into this branch, so that both jobs run the same version.`,
};

function tooLong(run: PreviewRun) {
  return {
    title: 'The preview is too long to be posted',
    summary: `The file preview.json has more than 16 MiB. The artifact \`${artifactName}\` of ${linkTo(run)} contains the whole preview as HTML and JSON. Split the pull request, so that a comment can show what it changes.`,
  };
}

/** Replaces an existing comment: it shows the preview of an earlier commit. */
async function markOutdated(
  github: GitHub,
  run: PreviewRun,
  numbers: readonly number[],
  reason: string,
): Promise<void> {
  const text = `**No preview of \`${run.sha.slice(0, 12)}\`.** ${reason}: ${linkTo(run)}.`;
  // Several pull requests of one branch: which one the run belongs to is known from its artifact only.
  for (const number of numbers)
    await postComment(github, { kind: 'preview', ...run }, number, text, { mayCreate: false });
}

function footer(run: PreviewRun): string {
  return `<sub>Preview of commit ${run.sha.slice(0, 12)}, made by ${linkTo(run)}. Its artifact \`${artifactName}\` contains the preview as HTML and JSON.</sub>`;
}

function linkTo({ order: [run, attempt], url }: PreviewRun): string {
  return `[run ${run}, attempt ${attempt}](${url})`;
}
