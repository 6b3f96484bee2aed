import * as z from 'zod';
import { addedOrRemoved, causeSchema, from, pair, placeSchema, sides, to } from './cause.ts';

/**
 * What an update would do, by service and with causes. Every view (terminal, Markdown, HTML, JSON) shows this document, and the
 * JSON Schema of `--format json` is generated from it. It contains no secret values.
 */

/** What happens to a resource of the target. */
const resourceChangeSchema = z.strictObject({
  type: z.string().describe("Pulumi's type token."),
  name: z.string().describe('The name in the state.'),
  operation: z.enum(['create', 'update', 'replace', 'delete']).describe('What the engine does.'),
  paths: z.array(z.string()).describe('The properties that differ.'),
  unprotected: z
    .literal(true)
    .optional()
    .describe('The resource was protected, or kept when it is deleted, and no longer is.'),
});

/** A variable whose value differs. Secret parts are shown as references, never as values. */
const valueChangeSchema = z.strictObject({
  name: z.string().describe('`LOG_LEVEL`, or `preDeploy.NAME` for a variable of these commands only.'),
  ...sides,
  secret: z
    .enum(['added', 'changed', 'removed', 'same', 'unknown'])
    .optional()
    .describe('What happens to the secret in the value, by keyed fingerprint. Absent without a secret.'),
});

const migrationsSchema = z.strictObject({
  known: z
    .boolean()
    .describe(
      'Whether `preDeploy.migrations` lists the files before and after, and the record is of what runs.',
    ),
  command: z.array(z.string()).describe('The commands of `preDeploy`, in their order.'),
  pending: z
    .array(
      z.strictObject({
        file: z.string().describe('Path relative to the project.'),
        reversible: z
          .boolean()
          .describe('Whether the folder of the migration contains a file `<name>.down.*`.'),
      }),
    )
    .describe('Files that the update applies, in their order.'),
  edited: z
    .array(z.string())
    .describe('Files that have been applied, and differ now or do not exist any more.'),
  late: z.array(z.string()).describe('Pending files that sort before one that has been applied.'),
});

const rolloutSchema = z.strictObject({
  order: z.int().min(1).describe('Services with the same number roll out at the same time.'),
  restarts: z.boolean().describe('Whether the running replicas are replaced.'),
  handover: z
    .enum(['together', 'stepwise', 'stopFirst'])
    .optional()
    .describe(
      '`together`: all new replicas start before all old ones end. `stepwise`: a quarter of the replicas at a time, at least one. `stopFirst`: the old version ends before the new one starts. Absent without a restart, and if the target does not say.',
    ),
  gates: z.array(z.string()).describe('What must succeed before the new version takes over.'),
  drain: z
    .number()
    .optional()
    .describe('Seconds in which a replaced replica ends its requests, before SIGKILL.'),
});

const serviceChangeSchema = z.strictObject({
  service: z.string().describe('A service, `gateway`, or `environment` for what belongs to no service.'),
  change: z
    .enum(['new', 'changed', 'replaced', 'removed'])
    .describe('A service is replaced if a resource that holds its data is.'),
  place: placeSchema.optional(),
  causes: z.array(causeSchema).describe('The most important cause first.'),
  values: z.array(valueChangeSchema).describe('Variables whose value differs.'),
  size: z
    .strictObject({
      replicas: pair.optional().describe('A number, or a range if the service scales: `3–10`.'),
      cpu: pair.optional().describe('The limit of each replica.'),
      memory: pair.optional().describe('The limit of each replica.'),
      storage: pair.optional().describe('Of a volume or a data service.'),
      image: pair.optional().describe('The reference of an image that is not built here.'),
    })
    .describe('What changes of the size. Empty if nothing does.'),
  migrations: migrationsSchema.optional().describe('Absent without `preDeploy`.'),
  rollout: rolloutSchema
    .optional()
    .describe('Absent if nothing rolls out: the service is removed, for example.'),
  resources: z.array(resourceChangeSchema).describe('What the engine does to the resources of the service.'),
});

/** A connection that an update allows or no longer allows. */
const networkChangeSchema = z.strictObject({
  change: addedOrRemoved,
  from,
  to,
  place: placeSchema.optional(),
});

/** A reason to look twice: it makes the red block. */
const riskSchema = z.strictObject({
  kind: z.enum(['data', 'protection', 'exposure']).describe('What is touched.'),
  service: z.string().describe('The service that it concerns.'),
  text: z.string().describe('One sentence.'),
  place: placeSchema.optional(),
});

export const policyFindingSchema = z.strictObject({
  rule: z.string().describe('The name of the rule.'),
  service: z.string().optional().describe('Absent if the finding concerns the whole stack.'),
  message: z.string().describe('What is wrong, and what to do about it.'),
  place: placeSchema.optional(),
  level: z.enum(['error', 'advice', 'waived']).describe('`up` refuses errors.'),
  waiver: z
    .strictObject({
      reason: z.string().describe('Why the rule does not hold here.'),
      until: z.string().describe('The last day of the waiver: `2027-01-31`.'),
    })
    .optional()
    .describe('Present if the level is `waived`.'),
});

const commit = z
  .strictObject({
    hash: z.string().describe('The whole hash.'),
    subject: z.string().describe('The first line of its message.'),
  })
  .describe('A commit of the repository.');

const checkedOut = commit
  .extend({
    dirty: z.literal(true).optional().describe('Files of the project differed from the commit.'),
  })
  .describe('The commit that was checked out.');

const graphSchema = z.strictObject({
  services: z
    .array(
      z.strictObject({
        name: z.string().describe('A service, or `gateway`.'),
        form: z.string().describe('`code`, `data`, `external` or `gateway`.'),
        change: z
          .enum(['new', 'changed', 'replaced', 'removed', 'same'])
          .describe('The colour of the service.'),
      }),
    )
    .describe('The services of both sides.'),
  edges: z
    .array(
      z.strictObject({
        from: z.string().describe('The service that connects.'),
        to: z.string().describe('The service that it connects to.'),
        change: z.enum(['added', 'removed', 'same']).describe('The colour of the connection.'),
      }),
    )
    .describe('The connections of both sides.'),
});

/** What an update of one environment would change. */
const previewSchema = z.strictObject({
  environment: z.string().describe('The name of the Pulumi stack.'),
  target: z.string().describe('`process`, `docker`, `kubernetes`, or the path of a module.'),
  stackFile: z.string().describe('Path relative to the project.'),
  source: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('state').describe('What runs, compared with the files.'),
        commit: checkedOut.optional().describe('The commit of the files. Absent outside of a repository.'),
        deployed: checkedOut.optional().describe('The commit of the last update.'),
      }),
      z.strictObject({
        kind: z.literal('commits').describe('Two commits, compared without the state.'),
        base: commit.describe('The commit before the change.'),
        head: commit.describe('The commit with the change.'),
      }),
    ])
    .describe('What was compared.'),
  services: z.array(serviceChangeSchema).describe('In rollout order.'),
  same: z.int().describe('The number of services that do not change.'),
  network: z.array(networkChangeSchema).describe('Connections that are allowed or no longer allowed.'),
  risks: z.array(riskSchema).describe('What touches data, protection or exposure: the red block.'),
  policy: z.array(policyFindingSchema).describe('Findings of the rules.'),
  cost: z
    .strictObject({
      before: z.number().describe('Of the environment before the update.'),
      after: z.number().describe('Of the environment after the update.'),
      currency: z.string().describe('The currency of `pricing`.'),
    })
    .optional()
    .describe('Per month, from `pricing` in the stack file.'),
  graph: graphSchema.describe('The services and their connections, to be drawn.'),
  notes: z.array(z.string()).describe('What this preview cannot know.'),
  unknown: z
    .literal(true)
    .optional()
    .describe('What changes is not known: `notes` have the reason. The preview is empty then.'),
  unrecorded: z
    .literal(true)
    .optional()
    .describe(
      'What ran before is not recorded, so only the changes of resources are known, not what they touch.',
    ),
  problems: z
    .array(z.string())
    .optional()
    .describe('Why the later side cannot be deployed. The preview is empty if it cannot be planned either.'),
  seconds: z.number().optional().describe('How long the last update with changes took.'),
  digest: z.string().optional().describe('`railhead up --plan` accepts exactly this preview.'),
});

/** The document that `railhead preview --format json` prints. */
export const previewDocumentSchema = z.strictObject({
  version: z.literal(1).describe('The version of this format.'),
  railhead: z.string().describe('The version of Railhead that made the preview.'),
  environments: z.array(previewSchema).describe('One preview of each environment.'),
});

export type SourcePlace = z.infer<typeof placeSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type ResourceChange = z.infer<typeof resourceChangeSchema>;
export type ValueChange = z.infer<typeof valueChangeSchema>;
export type Migrations = z.infer<typeof migrationsSchema>;
export type Rollout = z.infer<typeof rolloutSchema>;
export type ServiceChange = z.infer<typeof serviceChangeSchema>;
export type NetworkChange = z.infer<typeof networkChangeSchema>;
export type Risk = z.infer<typeof riskSchema>;
export type PolicyFinding = z.infer<typeof policyFindingSchema>;
export type Preview = z.infer<typeof previewSchema>;
export type PreviewDocument = z.infer<typeof previewDocumentSchema>;
