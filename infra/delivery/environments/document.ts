import * as z from 'zod';

const optionalText = z.string().optional();

const difference = z.strictObject({
  what: z
    .string()
    .describe(
      'A path of the stack file, such as `replicas.min` or `variables.LOG_LEVEL`; `artifact` or `image`; or `runs`, what the last update has deployed.',
    ),
  before: optionalText.describe(
    'Of the first environment. Absent if it has none. A secret part is its reference.',
  ),
  after: optionalText.describe('Of the second environment.'),
});

/** What `railhead env diff --json` prints. */
export const environmentDiffSchema = z.strictObject({
  version: z.literal(1).describe('The version of this format.'),
  before: z.string().describe('The first environment.'),
  after: z.string().describe('The second environment.'),
  environment: z.array(difference).describe('What belongs to no service: target, config, shared variables.'),
  services: z
    .array(
      z.strictObject({
        service: z.string().describe('A service, or `gateway`.'),
        only: z.enum(['before', 'after']).optional().describe('The only environment that has it.'),
        differences: z.array(difference).describe('Empty if only one environment has the service.'),
      }),
    )
    .describe('Services that differ.'),
  secrets: z
    .array(
      z.strictObject({
        name: z.string().describe('The NAME of `${{secret.NAME}}`.'),
        before: optionalText.describe('`set`, `plain`, `missing` or `esc`. Absent if it is not needed.'),
        after: optionalText.describe('The same of the second environment.'),
      }),
    )
    .describe(
      'Secrets that only one environment needs or has. Values of two environments cannot be compared.',
    ),
});

export type EnvironmentDiff = z.infer<typeof environmentDiffSchema>;
export type Difference = z.infer<typeof difference>;

/** What `railhead env list --json` prints. */
export const environmentsDocumentSchema = z.strictObject({
  version: z.literal(1).describe('The version of this format.'),
  environments: z
    .array(
      z.strictObject({
        environment: z.string(),
        target: z.string().describe('The name of a target, or the path of a module that exports one.'),
        stackFile: z.string().describe('Path of the stack file, relative to the project.'),
        release: optionalText.describe('Path of the release file. Absent if the environment builds.'),
        promotesFrom: optionalText.describe('The only environment that may be promoted to it.'),
        ownMachine: z
          .boolean()
          .describe('Whether it belongs to one machine, so that no pipeline deploys it.'),
      }),
    )
    .describe('By name.'),
});

export type EnvironmentsDocument = z.infer<typeof environmentsDocumentSchema>;
