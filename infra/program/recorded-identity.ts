import * as z from 'zod';
import type { HeldIdentity } from './identity.ts';
import type { StateResource } from '../targets/shared/data.ts';
import { standardTargets } from '../targets/index.ts';

const record = z.object({
  stack: z.string(),
  data: z.string(),
  owner: z.string().optional(),
  environment: z.string().optional(),
});
const data = z.record(z.string(), z.object({ type: z.string(), version: z.string(), storage: z.number() }));

/**
 * Returns the identity in a state; undefined for an empty state. An older version of Railhead wrote no record, so each
 * target that had such a version looks for the stack name in its resources.
 */
export async function recordedIdentity(
  resources: readonly StateResource[],
  place: { root: string; environment: string },
): Promise<HeldIdentity | undefined> {
  for (const { type, outputs } of resources) {
    if (type !== 'railhead:generated:Identity') continue;
    const { data: text, ...rest } = record.parse(outputs);
    return { ...rest, data: data.parse(JSON.parse(text)) };
  }
  if (resources.length === 0) return undefined;
  for (const target of await standardTargets()) {
    const stack = await target.recordedStack?.(resources, place);
    if (stack !== undefined) return { stack };
  }
  return undefined;
}
