import { z } from 'zod';
import { placeSchema } from '../kind.ts';

export const portSchema = z.int().min(1).max(65_535);

/** What is wanted is always `ready`; a refresh writes what it finds, so that the next update mends it. */
export const stateSchema = z.string().default('ready');

/** Built files: their hash, and the absolute folder they are in. */
export const artifactInputs = {
  artifact: z.string().min(1),
  folder: z.string().startsWith('/'),
};

/** What services and cron services share. */
export const codeInputs = placeSchema.extend({
  ...artifactInputs,
  /** Run by the shell in the artifact's folder. */
  command: z.string().min(1),
  /** Address for the processes to listen on. */
  host: z.ipv4(),
  restart: z.strictObject({
    policy: z.enum(['on-failure', 'always', 'never']),
    maxRetries: z.int().min(0),
  }),
  /** Seconds from SIGTERM to SIGKILL. */
  drain: z.int().min(0),
  variables: z.record(z.string(), z.string()),
  state: stateSchema,
});
