import * as z from 'zod';

/** Why a service is affected. */
const changes = ['new', 'artifact', 'configuration', 'program', 'unknown'] as const;

export type Change = (typeof changes)[number];

const commit = z.strictObject({
  hash: z.string().describe('The whole hash; empty for the working tree.'),
  subject: z.string().describe('The first line of its message.'),
});

const named = {
  service: z.string().describe('A service, or `gateway`.'),
  source: z
    .string()
    .optional()
    .describe('Its source folder, relative to the project. Absent if it is not built from source.'),
  environments: z.array(z.string()).describe('The environments in which this holds.'),
};

const affectedService = z.strictObject({
  ...named,
  changes: z
    .array(z.enum(changes))
    .describe(
      '`artifact`: what is built differs. `configuration`: anything else that is deployed. `program`: the Pulumi program or the version of Railhead, whose effect is not known. `unknown`: the base cannot be planned.',
    ),
});

const dependent = z.strictObject({
  ...named,
  references: z.array(z.string()).describe('The services to which it refers: affected ones or dependents.'),
});

/** What `railhead affected --json` prints. */
export const affectedDocumentSchema = z.strictObject({
  version: z.literal(1),
  base: commit.describe('The last commit that the base and the head share.'),
  head: commit,
  environments: z.array(z.string()).describe('The environments that were compared.'),
  changed: z
    .array(z.string())
    .describe(
      'Those that an update would change: their settings file, or something that they deploy, differs.',
    ),
  services: z.array(affectedService).describe('Services whose artifact or configuration differs.'),
  dependents: z
    .array(dependent)
    .describe('Services that are the same, and connect to an affected one, directly or through others.'),
  removed: z.array(z.string()).describe('Services that no environment has any more.'),
});

export type AffectedDocument = z.infer<typeof affectedDocumentSchema>;
export type AffectedService = z.infer<typeof affectedService>;
export type Dependent = z.infer<typeof dependent>;
