import * as z from 'zod';

/**
 * What an environment consists of, as plain data without secret values: one side of a comparison. The state records the
 * snapshot of the last update, which another version of Railhead may have written: fields that this version does not know are
 * left out, and a field that is added here must be optional or have a default, so that former records stay readable.
 */

const texts = z.record(z.string(), z.string());

/** A variable as the stack file declares it. */
const variable = z.object({
  /** The text with its references: `${{redis.PORT}}`. */
  text: z.string(),
  /** What the references mean: `redis.PORT`, `shared.LOG_LEVEL`, `secret.TOKEN`, `pulumi.BUCKET`. */
  references: z.array(z.string()),
  /** The text with all references filled in, except for secrets: `redis://:${{redis.REDISPASSWORD}}@127.0.0.1:6379`. */
  value: z.string(),
});

/** The inputs of an artifact. */
const artifact = z.object({
  hash: z.string(),
  /** The digest that a release file names. */
  pinned: z.string().optional(),
  /** The source folder of the service. */
  folder: z.string(),
  /** SHA-256 of each file by its path, relative to the project. */
  files: texts,
  /** Names of packages in `packages` of the snapshot. */
  packages: z.array(z.string()),
  /** Everything else that affects the result: the build command, options, the version of the builder. */
  settings: z.string(),
  /** The reference of its image: a name with a tag, or with the digest of a release file. Absent if it runs in no container. */
  image: z.string().optional(),
  /** The release file that pins the artifact. Then its files, packages and settings are not known. */
  release: z.string().optional(),
});

const service = z.object({
  form: z.enum(['code', 'data', 'external']),
  dependsOn: z.array(z.string()),
  /** The ports that it may connect to, by service. Only of services with named ports. */
  opens: z.record(z.string(), z.array(z.number())).optional(),
  /** By path below the service: `variables.URL`, `preDeploy.variables.URL`, `external.url`. */
  variables: z.record(z.string(), variable),
  artifact: artifact.optional(),
  /**
   * Migrations by their path below the source folder, with the start of their SHA-256, in the order in which they are
   * applied. The files that undo them, `<name>.down.*`, are in the list too. Absent without `preDeploy.migrations`.
   */
  migrations: z.array(z.tuple([z.string(), z.string()])).optional(),
});

export const snapshotSchema = z.object({
  /** Version of the package. */
  railhead: z.string(),
  environment: z.string(),
  target: z.string(),
  /** Path of the stack file, relative to the project. */
  stackFile: z.string(),
  /** Every value of the stack with its defaults, by dotted path: `services.api.replicas.min` → `2`. Without variables. */
  declared: texts,
  services: z.record(z.string(), service),
  /** Shared variables. */
  shared: z.record(z.string(), variable),
  /** The provided variables in use: `redis.PORT` → `6379`; a secret one is its own reference. */
  provided: texts,
  /** Hashes of Railhead's own programs that the target runs: `gateway`, `balancer`. */
  programs: texts,
  /** Version and integrity of each package that an artifact contains: `node_modules/pg` → `8.16.3 sha512-…`. */
  packages: texts,
  /** Fingerprints of secrets, with a key of the environment: `secret.TOKEN` → 16 hex digits. Empty without a state. */
  fingerprints: texts,
});

export type Snapshot = z.infer<typeof snapshotSchema>;
export type ServiceSnapshot = Snapshot['services'][string];
export type VariableSnapshot = z.infer<typeof variable>;
export type ArtifactSnapshot = z.infer<typeof artifact>;
