import { z } from 'zod';
import { outcomeOf, outcomes } from './outcome.ts';
import { historyRecordSchema, type HistoryRecord } from './record.ts';

/** What `railhead history --json` prints. */
export const historyDocumentSchema = z.object({
  version: z.literal(1),
  environment: z.string(),
  /** Newest first. Without what is only needed to deploy an update again: `railhead history <number> --json` has it. */
  updates: z.array(historyRecordSchema.omit({ declared: true }).extend({ result: z.enum(outcomes) })),
});

/** Returns the document of `railhead history --json`. */
export function historyDocument(environment: string, records: readonly HistoryRecord[]): string {
  const updates = records.map((record) => ({ ...record, result: outcomeOf(record) }));
  return JSON.stringify(historyDocumentSchema.parse({ version: 1, environment, updates }), undefined, 2);
}
