import * as z from 'zod';
import { outcomeOf, outcomes } from './outcome.ts';
import type { History } from './read-history.ts';
import { historyRecordSchema, type HistoryRecord } from './record.ts';

/** What `railhead history --json` prints. */
export const historyDocumentSchema = z.object({
  version: z.literal(1),
  environment: z.string(),
  /** Newest first. Only that of `railhead history <number> --json` has `declared`. */
  updates: z.array(historyRecordSchema.extend({ result: z.enum(outcomes) })),
  /** One line for each record that cannot be read. */
  problems: z.array(z.string()),
});

/** Returns the document of `railhead history --json`. */
export function historyDocument(environment: string, { records, problems }: History): string {
  return documentOf(environment, {
    records: records.map((record) => ({ ...record, declared: undefined })),
    problems,
  });
}

/** Returns the document of `railhead history <number> --json`. */
export function detailDocument(environment: string, record: HistoryRecord): string {
  return documentOf(environment, { records: [record], problems: [] });
}

function documentOf(environment: string, { records, problems }: History): string {
  const updates = records.map((record) => ({ ...record, result: outcomeOf(record) }));
  return JSON.stringify(
    historyDocumentSchema.parse({ version: 1, environment, updates, problems }),
    undefined,
    2,
  );
}
