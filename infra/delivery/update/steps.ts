import * as z from 'zod';
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

/** Milliseconds between two resources of one step. A longer pause is the wait for other services. */
const longestPause = 1000;

/** Returns what the engine did for each service, in the order of the beginnings. */
export function stepsOf(events: readonly TimedEvent[], start: number): UpdateStep[] {
  const begun = new Map<string, number>();
  const ended: UpdateStep[] = [];
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, at } of events) {
    if (resourcePreEvent) begun.set(keyOf(resourcePreEvent.metadata), at);
    const resource = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (resource === undefined) continue;
    const from = begun.get(keyOf(resource));
    if (from === undefined || !operations.includes(resource.op) || isInternal(resource)) continue;
    const service = serviceOf(resource);
    ended.push({
      service,
      what: whatOf(resource, service),
      from: from - start,
      to: at - start,
      ...(resOpFailedEvent && { failed: true }),
    });
  }
  const steps = Map.groupBy(ended, ({ what, service }) => `${what} ${service}`);
  return [...steps.values()].flatMap(lastWithoutPause).toSorted((one, two) => one.from - two.from);
}

/** Joins resources to the step that ends last. Keys and permissions can exist long before what needs them begins. */
function lastWithoutPause(resources: readonly UpdateStep[]): UpdateStep[] {
  const [last, ...others] = resources.toSorted((one, two) => two.to - one.to);
  if (last === undefined) return [];
  return [
    others.reduce((step, { from, to, failed }) => {
      const joined = to + longestPause >= step.from ? { ...step, from: Math.min(step.from, from) } : step;
      return failed ? { ...joined, failed } : joined;
    }, last),
  ];
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
