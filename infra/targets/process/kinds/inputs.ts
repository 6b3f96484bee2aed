import * as z from 'zod';
import { placeSchema } from '../../../provider/kind.ts';
import { runtimeNames } from '../../../runtimes/index.ts';
import { running } from '../../../stack/running.ts';

/** The wanted state is always `ready`. A refresh writes the live state, so that the next update restores `ready`. */
export const stateSchema = z.string().default('ready');

/** The hash and the absolute folder of a service's built files. */
export const artifactInputs = {
  artifact: z.string().min(1),
  folder: z.string().startsWith('/'),
  /** The runtime of the code. Absent: Node. */
  runtime: z.enum(runtimeNames).optional(),
};

/** The inputs that services and cron services have in common. */
export const codeInputs = placeSchema.extend({
  ...artifactInputs,
  /** The command, which the shell runs in the artifact's folder. */
  command: z.string().min(1),
  /** The address at which the processes listen. */
  host: z.ipv4(),
  restart: running.restart,
  drain: running.drain,
  stopSignal: running.stopSignal.optional(),
  variables: z.record(z.string(), z.string()),
  state: stateSchema,
});
