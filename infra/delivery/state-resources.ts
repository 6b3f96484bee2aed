import { z } from 'zod';
import type { CommandResult } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';
import type { StateResource } from '../targets/shared/data.ts';

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  outputs: z.record(z.string(), z.unknown()).default({}),
});
const exportSchema = z.object({ deployment: z.object({ resources: z.array(resource).nullish() }) });

/** Parses the output of `pulumi stack export`. Returns no resources if the stack does not exist. Throws UserError. */
export function stateResources({ code, stdout, problem }: CommandResult): StateResource[] {
  if (/no stack named/.test(problem)) return [];
  if (code !== 0) throw new UserError(problem);
  return exportSchema.parse(JSON.parse(stdout)).deployment.resources ?? [];
}
