import * as z from 'zod';
import { outOfMemory } from '../../../common/failure-messages.ts';
import { docker } from './docker.ts';

const inspected = z.object({
  Id: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  RestartCount: z.number(),
  State: z.object({
    Status: z.string(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    Health: z
      .object({
        Status: z.string(),
        Log: z.array(z.object({ ExitCode: z.number(), Output: z.string() })).nullish(),
      })
      .nullish(),
  }),
  Config: z.object({
    Labels: z.record(z.string(), z.string()),
    Image: z.string(),
    Entrypoint: z.array(z.string()).nullish(),
    Cmd: z.array(z.string()).nullish(),
    Env: z.array(z.string()).nullish(),
    Healthcheck: z.object({ Test: z.array(z.string()).nullish() }).nullish(),
  }),
  NetworkSettings: z.object({
    Networks: z.record(z.string(), z.object({ Aliases: z.array(z.string()).nullish() })).nullish(),
  }),
});

/** The fields of `docker inspect` that describe what a container runs, its health, and its names. */
export type Inspected = z.infer<typeof inspected>;

export function readInspected(output: string): Inspected[] {
  return z.array(inspected).parse(JSON.parse(output));
}

export async function inspectContainers(ids: string[]): Promise<Inspected[]> {
  if (ids.length === 0) return [];
  const { stdout } = await docker(['inspect', ...ids]);
  return readInspected(stdout);
}

export function isRunning({ State }: Inspected): boolean {
  return State.Status === 'running';
}

/** Describes how often the container ended, and the last exit code. */
export function describeEnd({ Name, RestartCount, State }: Inspected, restartsBefore: number): string {
  const ends = RestartCount - restartsBefore + 1;
  const times = ends > 1 ? `${ends} times, the last time ` : '';
  const memory = State.OOMKilled ? outOfMemory : '';
  return `container ${Name} ended ${times}with exit code ${State.ExitCode}${memory}`;
}

/** Returns the output of the last health check if it failed, or the port that refused it. */
export function failedCheck({ State: { Health }, Config: { Healthcheck } }: Inspected): string | undefined {
  const last = Health?.Log?.at(-1);
  if (last === undefined || last.ExitCode === 0) return undefined;
  const [said = ''] = last.Output.trim().split('\n');
  if (said !== '') return said.slice(0, 200);
  const port = /connect\((\d+)/.exec((Healthcheck?.Test ?? []).join(' '))?.[1];
  return port === undefined
    ? `it ended with exit code ${last.ExitCode}`
    : `port ${port} takes no connections`;
}
