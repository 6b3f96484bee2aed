import { z } from 'zod';

/**
 * What an update would do, by service and with causes. Every view (terminal, Markdown, HTML, JSON) shows this document, and the
 * JSON Schema of `--format json` is generated from it. It contains no secret values.
 */

/** A position in a file of the project. */
export const placeSchema = z.strictObject({
  file: z.string().describe('Path relative to the project.'),
  line: z.int().min(1),
});

/** Two sides of something. `before` is absent if it is added, `after` if it is removed. */
const sides = { before: z.string().optional(), after: z.string().optional() };
const pair = z.strictObject(sides);

/** Why a service changes. */
export const causeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('service').describe('The stack file adds or removes the service.'),
    change: z.enum(['added', 'removed']),
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('field').describe('A field of the stack file.'),
    path: z.string().describe('Path below the service: `replicas.min`. Of the whole stack: `gateway.port`.'),
    ...sides,
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('variable').describe('A variable, directly or through references.'),
    name: z.string(),
    via: z.array(z.string()).describe('The references from the variable to what changed: `redis.PORT`.'),
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('secret').describe('A secret with another value.'),
    name: z.string(),
    variables: z.array(z.string()).describe('The variables of the service that contain it.'),
  }),
  z.strictObject({
    kind: z.literal('files').describe('Files that the artifact is built from.'),
    folder: z.string().describe('The source folder of the service.'),
    changed: z.array(z.string()),
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('package').describe('A package that the artifact contains.'),
    name: z.string(),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('build').describe('How the artifact is built: a command, options, the builder.'),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('edge').describe('A connection that is allowed or no longer allowed.'),
    change: z.enum(['added', 'removed']),
    from: z.string(),
    to: z.string(),
    place: placeSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('railhead').describe("Railhead's own version or programs."),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('drift').describe('The running resource is not as the last update left it.'),
    resource: z.string(),
    ...sides,
  }),
  z.strictObject({
    kind: z.literal('unexplained').describe('Nothing known explains the change of these resources.'),
    resources: z.array(z.string()),
  }),
]);

/** What happens to a resource of the target. */
export const resourceChangeSchema = z.strictObject({
  type: z.string().describe("Pulumi's type token."),
  name: z.string(),
  operation: z.enum(['create', 'update', 'replace', 'delete']),
  paths: z.array(z.string()).describe('The properties that differ.'),
  unprotected: z
    .literal(true)
    .optional()
    .describe('The resource was protected, or kept when it is deleted, and no longer is.'),
});

/** A variable whose value differs. Secret parts are shown as references, never as values. */
export const valueChangeSchema = z.strictObject({
  name: z.string().describe('`LOG_LEVEL`, or `preDeploy.NAME` for a variable of these commands only.'),
  ...sides,
  secret: z
    .enum(['added', 'changed', 'removed', 'same', 'unknown'])
    .optional()
    .describe('What happens to the secret in the value, by keyed fingerprint. Absent without a secret.'),
});

export const migrationsSchema = z.strictObject({
  command: z.array(z.string()),
  known: z.boolean().describe('Whether `preDeploy.migrations` lists the files, before and after.'),
  pending: z.array(z.strictObject({ file: z.string(), reversible: z.boolean() })),
  edited: z
    .array(z.string())
    .describe('Files that have been applied, and differ now or do not exist any more.'),
  late: z.array(z.string()).describe('Pending files that sort before one that has been applied.'),
});

export const rolloutSchema = z.strictObject({
  order: z.int().min(1).describe('Services with the same number roll out at the same time.'),
  restarts: z.boolean().describe('Whether the running replicas are replaced.'),
  gates: z.array(z.string()).describe('What must succeed before the new version takes over.'),
  drain: z
    .number()
    .optional()
    .describe('Seconds in which a replaced replica ends its requests, before SIGKILL.'),
});

export const serviceChangeSchema = z.strictObject({
  service: z.string().describe('A service, `gateway`, or `environment` for what belongs to no service.'),
  change: z.enum(['new', 'changed', 'replaced', 'removed']),
  place: placeSchema.optional(),
  causes: z.array(causeSchema).describe('The most important cause first.'),
  values: z.array(valueChangeSchema),
  size: z.strictObject({
    replicas: pair.optional(),
    cpu: pair.optional(),
    memory: pair.optional(),
    storage: pair.optional(),
    image: pair.optional(),
  }),
  migrations: migrationsSchema.optional(),
  rollout: rolloutSchema.optional(),
  resources: z.array(resourceChangeSchema),
});

/** A connection that an update allows or no longer allows. */
export const networkChangeSchema = z.strictObject({
  change: z.enum(['added', 'removed']),
  from: z.string().describe('A service, or `public` for the clients of the gateway.'),
  to: z.string().describe('A service, or an address outside of the system.'),
  place: placeSchema.optional(),
});

/** A reason to look twice: it makes the red block. */
export const riskSchema = z.strictObject({
  kind: z.enum(['data', 'protection', 'exposure']),
  service: z.string(),
  text: z.string().describe('One sentence.'),
  place: placeSchema.optional(),
});

export const policyFindingSchema = z.strictObject({
  rule: z.string(),
  service: z.string().optional(),
  message: z.string(),
  place: placeSchema.optional(),
  level: z.enum(['error', 'advice', 'waived']),
  waiver: z.strictObject({ reason: z.string(), until: z.string() }).optional(),
});

const commit = z.strictObject({ hash: z.string(), subject: z.string() });

export const graphSchema = z.strictObject({
  services: z.array(
    z.strictObject({
      name: z.string(),
      form: z.string(),
      change: z.enum(['new', 'changed', 'replaced', 'removed', 'same']),
    }),
  ),
  edges: z.array(
    z.strictObject({ from: z.string(), to: z.string(), change: z.enum(['added', 'removed', 'same']) }),
  ),
});

/** What an update of one environment would change. */
export const previewSchema = z.strictObject({
  environment: z.string(),
  target: z.string(),
  stackFile: z.string(),
  source: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('state').describe('What runs, compared with the files.'),
      commit: commit.optional(),
      deployed: commit.optional().describe('The commit of the last update.'),
    }),
    z.strictObject({ kind: z.literal('commits'), base: commit, head: commit }),
  ]),
  services: z.array(serviceChangeSchema).describe('In rollout order.'),
  same: z.int().describe('The number of services that do not change.'),
  network: z.array(networkChangeSchema),
  risks: z.array(riskSchema),
  policy: z.array(policyFindingSchema),
  cost: z
    .strictObject({ before: z.number(), after: z.number(), currency: z.string() })
    .optional()
    .describe('Per month, from `pricing` in the stack file.'),
  graph: graphSchema,
  notes: z.array(z.string()).describe('What this preview cannot know.'),
  problems: z
    .array(z.string())
    .optional()
    .describe('Why the later side cannot be deployed. The preview is empty then.'),
  seconds: z.number().optional().describe('How long the last update with changes took.'),
  digest: z.string().optional().describe('`railhead up --plan` accepts exactly this preview.'),
});

/** The document that `railhead preview --format json` prints. */
export const previewDocumentSchema = z.strictObject({
  version: z.literal(1),
  railhead: z.string(),
  environments: z.array(previewSchema),
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
