import { z } from 'zod';
import { environmentName } from '../../changes/causes.ts';
import { kindOf } from '../../changes/resource-name.ts';
import { componentOf, nameOf } from '../../targets/shared/data.ts';
import { isInternal } from '../state/changes.ts';
import type { EventMetadata } from '../state/engine-log.ts';
import type { TimedEvent } from './follow.ts';

/** Something that an update did, with its times in milliseconds since the start of the update. */
export const stepSchema = z.object({
  /** Absent for the build of all artifacts. */
  service: z.string().optional(),
  /** `rollout` lasts until the service is healthy. */
  what: z.enum(['build', 'image', 'preDeploy', 'rollout']),
  from: z.int(),
  to: z.int(),
  failed: z.literal(true).optional(),
});

export type UpdateStep = z.infer<typeof stepSchema>;

/** The engine's operations that do something new. The removal of what was replaced follows after everything else. */
const operations = ['create', 'update', 'delete', 'create-replacement', 'import', 'import-replacement'];

/** Returns what the engine did for each service, in the order of the beginnings. */
export function stepsOf(events: readonly TimedEvent[], start: number): UpdateStep[] {
  const begun = new Map<string, number>();
  const steps = new Map<string, UpdateStep>();
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, at } of events) {
    if (resourcePreEvent) begun.set(keyOf(resourcePreEvent.metadata), at);
    const ended = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (ended === undefined) continue;
    const from = begun.get(keyOf(ended));
    if (from === undefined || !operations.includes(ended.op) || isInternal(ended)) continue;
    const service = serviceOf(ended);
    const what = whatOf(ended, service);
    const other = steps.get(`${what} ${service}`);
    steps.set(`${what} ${service}`, {
      service,
      what,
      from: Math.min(from - start, other?.from ?? Infinity),
      to: Math.max(at - start, other?.to ?? 0),
      ...((resOpFailedEvent ?? other?.failed) && { failed: true }),
    });
  }
  return [...steps.values()].toSorted((one, two) => one.from - two.from);
}

/** Returns the service of a resource; resources of no service belong to the environment. */
export function serviceOf({ old, new: after }: EventMetadata): string {
  return componentOf((after ?? old)?.parent ?? '') ?? environmentName;
}

function whatOf({ type, urn }: EventMetadata, service: string): UpdateStep['what'] {
  const kind = kindOf(type);
  if (/pre-?deploy/i.test(`${kind} ${nameOf(urn).replace(service, '')}`)) return 'preDeploy';
  return kind.endsWith('Image') ? 'image' : 'rollout';
}

const keyOf = ({ urn, op }: EventMetadata) => `${op} ${urn}`;
