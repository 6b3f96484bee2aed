import * as z from 'zod';
import { driftFindingSchema } from '../../targets/shared/drift.ts';

/** What `railhead drift --json` prints. */
export const driftDocumentSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  target: z.string(),
  time: z.iso.datetime().describe('When Railhead looked.'),
  deployed: z
    .strictObject({
      number: z.int().positive().describe('The number in the history of the environment.'),
      time: z.iso.datetime().describe('When the update began.'),
    })
    .optional()
    .describe('The last update in the history. Absent if the store of this machine has none.'),
  where: z.string().describe('Where the resources are, for sentences: `on the cluster`.'),
  drifted: z.boolean().describe('Whether there are findings. The exit code is 2 then.'),
  findings: z
    .array(driftFindingSchema.extend({ sentence: z.string().describe('The finding in words.') }))
    .describe('By service.'),
  notes: z.array(z.string()).describe('What was not compared, and what the platform does not record.'),
});

export type DriftDocument = z.infer<typeof driftDocumentSchema>;
