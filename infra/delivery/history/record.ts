import * as z from 'zod';
import { serviceChangeSchema } from '../update/service-changes.ts';
import { stepSchema } from '../update/steps.ts';

const texts = z.record(z.string(), z.string());

/** What a service of a release runs. */
const recordedArtifact = z.object({
  /** The hash of the inputs of its artifact. Absent for a service that runs an image of others. */
  hash: z.string().optional(),
  /** The digest of its built files, which the store keeps. */
  content: z.string().optional(),
  /** The reference of its image. That of an image which the update has pushed has its digest: `ghcr.io/acme/shop/api@sha256:…`. */
  image: z.string().optional(),
  /** The first 8 hex digits of the SHA-256 of each variable that its build used. */
  buildVariables: texts.optional(),
  /** The files of `preDeploy.migrations` with the start of their SHA-256, in the order in which they are applied. */
  migrations: z.array(z.tuple([z.string(), z.string()])).optional(),
});

/**
 * What an update deploys, as far as it is known before the engine starts. Contains names of secrets, never values. The texts of the
 * stack files are stored as they are.
 */
const declared = z.object({
  /** Path of the stack file, relative to the project. */
  stackFile: z.string(),
  /** The texts of the stack file and of the files that it extends, by path: the commit alone is not enough if the tree is dirty. */
  files: texts,
  /** Config of the environment by key, without what is or looks secret: `railhead:target` → `process`. A map or a list is JSON. */
  config: texts,
  /** Names of the secrets that the environment uses. */
  secrets: z.array(z.string()),
});

/** The update of the history that an update brings back. */
const rollback = z.object({
  to: z.int().positive(),
  /** The update that failed, if `onFailure: rollback` in the stack file began the rollback. Then only artifacts come back. */
  failed: z.int().positive().optional(),
});

/** How an update ended. */
const ending = z.object({
  ended: z.iso.datetime(),
  /** `refused`: the update ended before it changed anything, such as after a failed build. */
  result: z.enum(['succeeded', 'failed', 'interrupted', 'refused']),
  seconds: z.number(),
  changes: z.array(serviceChangeSchema),
  /** Services that are as they were. */
  unchanged: z.array(z.string()),
  /** Services whose update failed. */
  failed: z.array(z.string()),
  steps: z.array(stepSchema),
  /** Who closed the record of an update that was killed. `ended` is then the time at which that was found. */
  closedBy: z.object({ name: z.string(), host: z.string() }).optional(),
  /** Fingerprints of secrets, with a key of the environment: `secret.TOKEN` → 16 hex digits. Absent if the update did not end well. */
  fingerprints: texts.optional(),
});

export const historyRecordSchema = z.object({
  version: z.literal(1),
  /** Counts the commands that changed the environment, from 1. The engine's own history shows it as `railhead #12`. */
  number: z.int().positive(),
  environment: z.string(),
  command: z.enum(['up', 'down']),
  who: z.object({ name: z.string(), email: z.string().optional() }),
  /** The process that runs the update. */
  writer: z.object({
    host: z.string(),
    /** Names the machine and its table of processes, where the system tells: a hash. */
    machine: z.string().optional(),
    pid: z.int().positive(),
    startTime: z.string(),
  }),
  started: z.iso.datetime(),
  /** Version of Railhead. */
  railhead: z.string(),
  /** The commit that is checked out. */
  commit: z
    .object({
      hash: z.string(),
      subject: z.string(),
      /** Present if files of the project differ from the commit. */
      dirty: z.literal(true).optional(),
    })
    .optional(),
  /** The digest of the preview that `up --plan` deploys. */
  plan: z.string().optional(),
  /** Whether Pulumi's flags limit the update to some resources. */
  partial: z.literal(true).optional(),
  /** Whether `down` removes the data too. */
  data: z.literal(true).optional(),
  /** Present for a rollback. */
  rollback: rollback.optional(),
  declared: declared.optional(),
  /** By service, and by the name of a program of Railhead. Absent until everything is built, and for `down`. */
  release: z.record(z.string(), recordedArtifact).optional(),
  /** Absent until the end. */
  ending: ending.optional(),
});

/** One command that changed an environment. */
export type HistoryRecord = z.infer<typeof historyRecordSchema>;
export type Ending = NonNullable<HistoryRecord['ending']>;
export type RecordedRelease = NonNullable<HistoryRecord['release']>;
