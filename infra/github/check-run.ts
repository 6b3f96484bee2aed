import * as z from 'zod';
import type { PreviewDocument } from '../changes/model.ts';
import { plain, visible } from '../views/phrase.ts';
import { verdict } from '../views/words/verdict.ts';
import type { GitHub } from './client.ts';
import type { PreviewRun } from './event.ts';

/** A check run: the line with a mark that a pull request and its newest commit show. */
export interface Check {
  conclusion: 'success' | 'neutral' | 'failure';
  title: string;
  summary: string;
}

/** GitHub cuts no texts: it refuses longer ones. */
const longestTitle = 250;

/** Posts a check run on the newest commit. One of the same name replaces it on the page, so repeating it does no harm. */
export async function postCheck(github: GitHub, run: PreviewRun, check: Check): Promise<void> {
  const { conclusion, title, summary } = check;
  const body = {
    name: 'Railhead preview',
    head_sha: run.sha,
    status: 'completed',
    conclusion,
    details_url: run.url,
    output: { title: shorten(title), summary },
  };
  await github.send(z.object({}), 'POST', `/repos/${run.repository}/check-runs`, {
    body,
    isRepeatable: true,
  });
}

/**
 * Returns the check of a preview. It fails if an environment cannot be deployed or the policy has an error. It is neutral if the
 * change touches data, protection or exposure, if that is not known, or if the preview cannot be trusted.
 */
export function checkOf({ environments }: PreviewDocument, summary: string, isTrusted: boolean): Check {
  const isRefused = environments.some(
    ({ policy, problems = [] }) => problems.length > 0 || policy.some(({ level }) => level === 'error'),
  );
  const isRisky = environments.some(
    ({ risks, unknown, unrecorded }) => unknown || unrecorded || risks.length > 0,
  );
  const title = environments
    .map((preview) => `${visible(preview.environment)}: ${plain(verdict(preview))}`)
    .join(' · ');
  const conclusion = isRefused ? 'failure' : isRisky || !isTrusted ? 'neutral' : 'success';
  return { conclusion, title: title || 'No environments', summary };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= longestTitle ? text : `${characters.slice(0, longestTitle - 1).join('')}…`;
}
