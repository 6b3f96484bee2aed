import { z } from 'zod';
import type { HeldIdentity } from './identity.ts';
import type { StateResource } from '../targets/shared/data.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { listWorkloads } from '../supervisor/workloads.ts';

const record = z.object({
  stack: z.string(),
  data: z.string(),
  owner: z.string().optional(),
  environment: z.string().optional(),
});
const data = z.record(z.string(), z.object({ type: z.string(), version: z.string(), storage: z.number() }));
const labelled = z.object({ labels: z.array(z.object({ label: z.string(), value: z.string() })) });

/**
 * The identity in a state, undefined in an empty one. A state that an older version has written has no record, but what it
 * holds says which name it was made under.
 */
export function recordedIdentity(
  resources: readonly StateResource[],
  { root, environment }: { root: string; environment: string },
): HeldIdentity | undefined {
  for (const { type, outputs } of resources) {
    if (type !== 'railhead:generated:Identity') continue;
    const { data: text, ...rest } = record.parse(outputs);
    return { ...rest, data: data.parse(JSON.parse(text)) };
  }
  for (const { urn, type, outputs } of resources) {
    if (type === 'kubernetes:core/v1:Namespace') {
      return { stack: urn.slice(urn.lastIndexOf('::') + 2, -`-${environment}`.length) };
    }
    const label = labelled
      .safeParse(outputs)
      .data?.labels.find(({ label: name }) => name === 'railhead.stack');
    if (label) return { stack: label.value };
  }
  const hasProcesses = resources.some(({ type }) => type.startsWith('railhead:process:'));
  return hasProcesses ? ofProcesses(environmentPaths(root, environment).services) : undefined;
}

/** Of a state of processes the services know the name. */
function ofProcesses(services: string): HeldIdentity | undefined {
  const names = listWorkloads(services).flatMap(({ spec }) => spec.env.RAILWAY_PROJECT_NAME ?? []);
  return names[0] === undefined ? undefined : { stack: names[0] };
}
