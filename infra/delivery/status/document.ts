import * as z from 'zod';
import { canarySchema } from '../../targets/shared/canaries.ts';

/** What `railhead status --json` prints. */
export const statusDocumentSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  services: z
    .array(
      z.strictObject({
        service: z.string(),
        state: z
          .string()
          .describe('The state that its supervisor reports, or `stopped`, `failed` or `update failed`.'),
        ready: z.int().nonnegative().optional().describe('Number of ready replicas. Absent for a schedule.'),
        replicas: z.int().nonnegative().optional().describe('Number of replicas that it should have.'),
        restarts: z.int().nonnegative(),
        address: z.string().optional().describe('`http://` with host and port, or host and port alone.'),
        artifact: z.string().optional(),
        failure: z.string().optional().describe('Why it does not run, or why its update failed.'),
      }),
    )
    .optional()
    .describe('Sorted by name. Absent on a target whose own tools show the services.'),
  canaries: z.array(canarySchema).describe('The canaries that run or are held, sorted by service.'),
  command: z.string().optional().describe('The command of the target that shows the services.'),
});

export type StatusDocument = z.infer<typeof statusDocumentSchema>;
