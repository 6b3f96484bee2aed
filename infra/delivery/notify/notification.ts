import * as z from 'zod';
import { historyRecordSchema, type HistoryRecord } from '../history/record.ts';

const { number, environment, command, started, commit, ending } = historyRecordSchema.shape;
const { result, seconds, changes, unchanged, failed, ended } = ending.unwrap().shape;

/** What a webhook gets. It contains no log lines, outputs, config or secrets. */
export const notificationSchema = z.strictObject({
  type: z.string().describe('`railhead.<command>.<result>`: `railhead.up.failed`.'),
  timestamp: ended.describe('When the command ended.'),
  data: z.strictObject({
    version: z.literal(1).describe('The version of this format.'),
    environment: environment.describe('The name of the Pulumi stack.'),
    number: number.describe('The number in `railhead history`.'),
    command: command.describe('The command that changed the environment.'),
    result: result.describe(
      '`refused`: the command ended before it changed anything, such as after a failed build.',
    ),
    who: z.string().describe('Who ran the command.'),
    commit: commit.describe('The commit that was checked out.'),
    started: started.describe('When the command began.'),
    seconds: seconds.describe('How long it took.'),
    changes: changes.describe('Services that changed.'),
    unchanged: unchanged.describe('Services that are as they were.'),
    failed: failed.describe('Services whose update failed.'),
  }),
});

export type Notification = z.infer<typeof notificationSchema>;

/** Returns what a webhook gets about a command that has ended. */
export function notificationOf(
  record: HistoryRecord,
  end: NonNullable<HistoryRecord['ending']>,
): Notification {
  const { environment, number, command, who, commit, started } = record;
  const { result, seconds, changes, unchanged, failed } = end;
  return {
    type: `railhead.${command}.${result}`,
    timestamp: end.ended,
    data: {
      ...{ version: 1, environment, number, command, result, who: who.name, ...(commit && { commit }) },
      ...{ started, seconds, changes, unchanged, failed },
    },
  };
}
