import * as z from 'zod';

const versionSchema = z.strictObject({
  artifact: z
    .string()
    .optional()
    .describe(
      'The hash of its artifact, or the reference of its image. Absent if the platform does not say.',
    ),
  replicas: z.array(z.string()).describe('The names of its replicas, containers or pods.'),
});

/** A service whose new version gets a share of the requests now. */
export const canarySchema = z.strictObject({
  service: z.string(),
  weight: z.int().min(0).max(100).describe('Percentage of the requests that the new version gets.'),
  step: z.int().nonnegative().describe('Number of the current step, from 1. 0 before the first step.'),
  steps: z.array(z.int()).describe('The percentages of all steps.'),
  since: z.iso.datetime().describe('Time of the last change of the weight.'),
  newVersion: versionSchema,
  oldVersion: versionSchema,
  held: z
    .string()
    .optional()
    .describe('Why the weight stays as it is. Absent while a command or a controller directs the canary.'),
});

export type LiveCanary = z.infer<typeof canarySchema>;

/** An environment whose canaries are wanted. */
export interface CanaryPlace {
  /** Absolute path of the project. */
  root: string;
  environment: string;
  /** Returns the stack name under which the environment was deployed. Throws UserError if the stack file is not valid. */
  stack: () => string;
}

/** Why a canary is held whose steps `up` directs. */
export const undirected =
  'no command directs it. The next update gives all requests to the old version first';
