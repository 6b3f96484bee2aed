import { styleText } from 'node:util';
import * as z from 'zod';
import { terminalWidth } from '../common/table.ts';
import { drawTimeline } from '../delivery/update/draw.ts';
import { serviceChangeSchema } from '../delivery/update/service-changes.ts';
import { stepSchema } from '../delivery/update/steps.ts';
import type { OwnTools } from '../targets/shared/own-tools.ts';
import { UserError } from '../../tools/user-error.ts';
import type { RecordedRun } from './recorded.ts';
import { afterFailure, whatNext } from './what-next.ts';

/** What `up --json` prints. */
export const updateDocumentSchema = z.object({
  version: z.literal(1),
  environment: z.string(),
  /** The number in the history. Absent if the update was refused. */
  number: z.int().optional(),
  /** `refused`: the update ended before the engine ran. `problems` says why. */
  result: z.enum(['succeeded', 'failed', 'refused']),
  seconds: z.number(),
  changes: z.array(serviceChangeSchema),
  /** Services that are as they were. */
  unchanged: z.array(z.string()),
  /** Services whose update failed. */
  failed: z.array(z.string()),
  steps: z.array(stepSchema),
  /** What the engine reported, or why the update was refused. */
  problems: z.array(z.string()),
  /** The outputs of the stack, with `[secret]` in place of a secret. */
  outputs: z.unknown(),
});

type UpdateDocument = z.infer<typeof updateDocumentSchema>;

export interface UpdateEnd extends Omit<RecordedRun, 'release' | 'outputs'> {
  environment: string;
  succeeded: boolean;
  /** The outputs of the stack. */
  outputs: unknown;
  tools: OwnTools | undefined;
}

/** Prints how an update ended: what took how long, what has changed, and what to do next. */
export function showEnd(end: UpdateEnd): void {
  const { environment, succeeded, problems, outputs, tools } = end;
  if (succeeded) {
    console.log(['', ...timeline(end, process.stdout), whatNext(environment, outputs, tools)].join('\n'));
    return;
  }
  // The engine has shown the rest of each problem.
  const causes = problems.map((problem) => problem.split('\n', 1)[0] ?? '');
  console.error(
    [
      ...causes.map((cause) => red(cause)),
      '',
      ...timeline(end, process.stderr),
      afterFailure(environment),
    ].join('\n'),
  );
}

/** Returns the document of `up --json`. */
export function updateDocument(end: UpdateEnd): string {
  const document = { version: 1, result: end.succeeded ? 'succeeded' : 'failed', ...end };
  // The schema leaves out what it does not name.
  return JSON.stringify(updateDocumentSchema.parse(document), undefined, 2);
}

/**
 * Runs an update, and prints the document of `up --json` if the update is refused.
 *
 * @param run calls `ended` once the engine has run
 */
export async function withRefusal(
  environment: string,
  run: (ended: () => void) => Promise<number>,
): Promise<number> {
  const started = Date.now();
  let isRefused = true;
  try {
    return await run(() => (isRefused = false));
  } catch (error) {
    if (isRefused && error instanceof UserError) {
      const seconds = (Date.now() - started) / 1000;
      const nothing = { changes: [], unchanged: [], failed: [], steps: [], outputs: {} };
      const refused = { version: 1, environment, result: 'refused', seconds, ...nothing } as const;
      const document: UpdateDocument = { ...refused, problems: [error.message] };
      console.log(JSON.stringify(document, undefined, 2));
    }
    throw error;
  }
}

function timeline(end: UpdateEnd, stream: NodeJS.WriteStream): string[] {
  return drawTimeline(end, terminalWidth(stream), (text) => red(text, stream));
}

function red(text: string, stream: NodeJS.WriteStream = process.stderr): string {
  return styleText('red', text, { stream });
}
