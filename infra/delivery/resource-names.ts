import { z } from 'zod';
import type { CommandResult } from '../../tools/command.ts';
import { UserError } from '../stack/problem.ts';

const exportSchema = z.object({
  deployment: z.object({ resources: z.array(z.object({ urn: z.string() })).nullish() }),
});

/** Names of all resources of a stack, from what `pulumi stack export` prints; none when there is no such stack. Throws UserError. */
export function resourceNames({ code, stdout, problem }: CommandResult): string[] {
  if (/no stack named/.test(problem)) return [];
  if (code !== 0) throw new UserError(problem);
  const { resources } = exportSchema.parse(JSON.parse(stdout)).deployment;
  return (resources ?? []).map(({ urn }) => nameOf(urn));
}

/** `api` of `urn:pulumi:dev::railhead::railhead:process:Service::api` */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}
