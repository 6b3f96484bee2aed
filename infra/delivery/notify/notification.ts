import * as z from 'zod';
import { historyRecordSchema, type HistoryRecord } from '../history/record.ts';
import { promotionDocumentSchema, type PromotionDocument } from '../promotion/document.ts';
import type { Promotion } from '../promotion/promote.ts';
import type { Pin } from '../../releases/schema.ts';

const { number, environment, command, rollback, started, commit, ending } = historyRecordSchema.shape;
const { result, seconds, changes, unchanged, failed, ended } = ending.unwrap().shape;
const version = z.literal(1).describe('The version of this format.');
const who = z.string().describe('Who ran the command.');

const updated = z.strictObject({
  type: z.string().describe('`railhead.<command>.<result>`: `railhead.up.failed`.'),
  timestamp: ended.describe('When the command ended.'),
  data: z.strictObject({
    version,
    environment: environment.describe('The name of the Pulumi stack.'),
    number: number.describe('The number in `railhead history`.'),
    command: command.describe('The command that changed the environment.'),
    rollback: rollback.describe('Present for a rollback: the update that it brings back.'),
    result: result.describe(
      '`refused`: the command ended before it changed anything, such as after a failed build.',
    ),
    who,
    commit: commit.describe('The commit that was checked out.'),
    started: started.describe('When the command began.'),
    seconds: seconds.describe('How long it took.'),
    changes: changes.describe('Services that changed.'),
    unchanged: unchanged.describe('Services that are as they were.'),
    failed: failed.describe('Services whose update failed.'),
  }),
});

const artifact = z.strictObject({
  hash: z.string().describe('What the artifact was built from.'),
  content: z.string().optional().describe('Digest of the built files.'),
  image: z.string().optional().describe('The image in a registry, with its digest.'),
});

const { from, to, number: promotedNumber, file, branch } = promotionDocumentSchema.shape;

const promoted = z.strictObject({
  type: z.string().describe('`railhead.promote.<result>`: `railhead.promote.written`.'),
  timestamp: z.iso.datetime().describe('When the release was made.'),
  data: z.strictObject({
    version,
    environment: to,
    command: z.literal('promote'),
    from,
    number: promotedNumber,
    file,
    result: z
      .enum(['written', 'proposed'])
      .describe('`written`: the working tree has the file. `proposed`: a branch has it.'),
    branch,
    who,
    artifacts: z
      .array(
        z.strictObject({
          service: z.string(),
          before: artifact.optional().describe('Absent if the file had none.'),
          after: artifact.optional().describe('Absent if the file has none now.'),
        }),
      )
      .describe('The artifacts that changed.'),
  }),
});

/** What a webhook gets. It contains no log lines, outputs, config or secrets. */
export const notificationSchema = z.union([
  updated.describe('At the end of a command in `railhead history`.'),
  promoted.describe('After `railhead promote` has written a release file, which no update has deployed yet.'),
]);

/** A notification, and what identifies it. */
export interface Message {
  /** The same for each attempt: `msg_dev_12_1764421200000`. */
  id: string;
  /** In a warning: `#12`. */
  subject: string;
  notification: z.infer<typeof notificationSchema>;
}

/** Returns what a webhook gets about a command of the history that has ended. */
export function updateMessage(record: HistoryRecord, end: NonNullable<HistoryRecord['ending']>): Message {
  const { environment, number, command, rollback, who, commit, started } = record;
  const { result, seconds, changes, unchanged, failed } = end;
  return {
    id: `msg_${environment}_${number}_${Date.parse(started)}`,
    subject: `#${number}`,
    notification: {
      type: `railhead.${command}.${result}`,
      timestamp: end.ended,
      data: {
        ...{ version: 1, environment, number, command, ...(rollback && { rollback }), result },
        ...{ who: who.name, ...(commit && { commit }), started, seconds, changes, unchanged, failed },
      },
    },
  };
}

/** Returns what a webhook gets about a promotion whose release file is written, or is on a branch. */
export function promotionMessage(
  {
    number,
    file,
    release: { time, by },
    changes,
  }: Pick<Promotion, 'number' | 'file' | 'release' | 'changes'>,
  {
    from,
    to,
    result,
    branch,
  }: Pick<PromotionDocument, 'from' | 'to' | 'branch'> & { result: 'written' | 'proposed' },
): Message {
  return {
    id: `msg_${to}_promote_${number}_${Date.parse(time)}`,
    subject: `the promotion of #${number} of ${from}`,
    notification: {
      type: `railhead.promote.${result}`,
      timestamp: time,
      data: {
        ...{ version: 1, environment: to, command: 'promote', from, number, file, result },
        ...{ ...(branch && { branch }), who: by, artifacts: changes.map(artifactChange) },
      },
    },
  };
}

function artifactChange({ service, before, after }: Promotion['changes'][number]) {
  return { service, ...(before && { before: named(before) }), ...(after && { after: named(after) }) };
}

function named({ hash, content, image }: Pin) {
  return { hash, ...(content && { content }), ...(image && { image }) };
}
