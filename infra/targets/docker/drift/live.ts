import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import { lastLine } from '../../shared/preflight.ts';
import { docker } from '../kinds/docker.ts';

const container = z.object({
  Id: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  Created: z.string(),
  State: z.object({
    Status: z.string(),
    Running: z.boolean(),
    Paused: z.boolean(),
    OOMKilled: z.boolean(),
    ExitCode: z.number(),
    FinishedAt: z.string(),
  }),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
  HostConfig: z.object({
    Memory: z.number(),
    NanoCpus: z.number(),
    PidsLimit: z.number().nullish(),
    RestartPolicy: z.object({ Name: z.string(), MaximumRetryCount: z.number() }),
  }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }),
});

/** What of a container can change after its creation. */
export type LiveContainer = z.infer<typeof container>;

const object = z.object({
  Id: z.string().default(''),
  Name: z.string().default(''),
  /** Of a network: when it was made. */
  Created: z.string().optional(),
});

export type LiveObject = z.infer<typeof object>;

/** Returns those of the objects that exist. Throws UserError if Docker does not say. */
export function readObjects(kind: 'container', ids: readonly string[]): Promise<LiveContainer[]>;
export function readObjects(
  kind: 'network' | 'volume' | 'image',
  ids: readonly string[],
): Promise<LiveObject[]>;
export async function readObjects(kind: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { code, stdout, problem } = await docker([kind, 'inspect', ...ids]);
  // Docker prints the others in spite of those that it does not find.
  const other = problem.split('\n').find((line) => line !== '' && !/no such|not found/i.test(line));
  if (code !== 0 && other !== undefined) throw new UserError(`docker ${kind} inspect: ${lastLine(problem)}`);
  return kind === 'container' ? parseContainers(stdout) : z.array(object).parse(JSON.parse(stdout));
}

/** Parses the output of `docker container inspect`. */
export function parseContainers(text: string): LiveContainer[] {
  return z.array(container).parse(JSON.parse(text));
}
