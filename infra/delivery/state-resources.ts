import * as z from 'zod';
import type { CommandResult } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';

const values = z.record(z.string(), z.unknown()).default({});
const resource = z.looseObject({ urn: z.string(), type: z.string(), inputs: values, outputs: values });
const exportSchema = z.object({ deployment: z.object({ resources: z.array(resource).nullish() }) });

/** A resource in the state, with everything that the state has of it. */
export type ExportedResource = z.infer<typeof resource>;

/** Parses the output of `pulumi stack export`. Returns no resources if the stack does not exist. Throws UserError. */
export function stateResources({ code, stdout, problem }: CommandResult): ExportedResource[] {
  if (/no stack named/.test(problem)) return [];
  if (code !== 0) throw new UserError(problem);
  return exportSchema.parse(JSON.parse(stdout)).deployment.resources ?? [];
}
