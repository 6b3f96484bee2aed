import * as z from 'zod';
import { placeSchema } from '../../../provider/kind.ts';

export const readinessInputs = placeSchema.extend({
  /** Ids of the containers. */
  containers: z.array(z.string().min(1)).min(1),
  /** Seconds that they may take to get healthy. */
  timeout: z.int().positive(),
  /** Seconds that a container without a health check must run. */
  minReady: z.int().positive(),
});

export type ReadinessInputs = z.infer<typeof readinessInputs>;

export const runOnceInputs = placeSchema.extend({
  /** The name of the container. */
  container: z.string().min(1),
  image: z.string().min(1),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  /** Whether the container is a service that runs once, and not the `preDeploy` of a service. */
  isService: z.boolean().optional(),
  /** Absent: the user of the image. */
  user: z.string().optional(),
  /** Absent: the root file system is read-only. */
  readOnly: z.boolean().optional(),
  capabilities: z.array(z.string()).optional(),
  ulimits: z.array(z.object({ name: z.string(), soft: z.int(), hard: z.int() })).optional(),
  /** In mebibytes. */
  shmSize: z.int().optional(),
  /** The number of NVIDIA GPUs. */
  gpus: z.int().optional(),
  /** The names of the container's networks. Without one it has no network. */
  networks: z.array(z.string()),
  tmpfs: z.record(z.string(), z.string()),
  /** Files of this machine that are mounted read-only. */
  files: z.array(z.object({ source: z.string(), target: z.string() })).optional(),
  /** Folders of this machine that are mounted. */
  binds: z.array(z.object({ source: z.string(), target: z.string(), readOnly: z.boolean() })).optional(),
  labels: z.record(z.string(), z.string()),
  pids: z.int(),
  cpus: z.number().optional(),
  /** In mebibytes. */
  memory: z.int().optional(),
});

export type RunOnceInputs = z.infer<typeof runOnceInputs>;
