import * as z from 'zod';
import { componentOf } from '../../targets/shared/data.ts';
import { isInternal } from '../state/changes.ts';
import type { EngineEvent, EventMetadata } from '../state/engine-log.ts';
import { serviceOf } from './steps.ts';

export const serviceChangeSchema = z.object({
  service: z.string(),
  change: z.enum(['new', 'changed', 'removed']),
});

export type UpdatedService = z.infer<typeof serviceChangeSchema>;

/** What an update did to the services. */
export interface ServiceChanges {
  changes: UpdatedService[];
  /** Services that are as they were. */
  unchanged: string[];
  failed: string[];
}

/** Returns what the engine did, sorted by service. A change that failed is a change too. */
export function serviceChanges(events: readonly EngineEvent[]): ServiceChanges {
  const found = new Map<string, UpdatedService['change']>();
  const known = new Set<string>();
  const failed = new Set<string>();
  for (const { resourcePreEvent, resOpFailedEvent } of events) {
    if (resOpFailedEvent) failed.add(serviceOf(resOpFailedEvent.metadata));
    const step = resourcePreEvent?.metadata;
    if (step === undefined) continue;
    const component = componentOf(step.urn);
    if (component !== undefined) known.add(component);
    const change = changeOf(step);
    const service = component ?? serviceOf(step);
    // The component of a service is created before its resources, and deleted after them.
    if (change !== undefined && (component !== undefined || !found.has(service))) found.set(service, change);
  }
  const changes = [...found].map(([service, change]) => ({ service, change }));
  return {
    changes: changes.toSorted((one, two) => (one.service < two.service ? -1 : 1)),
    unchanged: [...known].filter((service) => !found.has(service)).toSorted(),
    failed: [...failed].toSorted(),
  };
}

function changeOf(step: EventMetadata): UpdatedService['change'] | undefined {
  if (['same', 'refresh', 'read'].includes(step.op)) return undefined;
  if (componentOf(step.urn) === undefined) return isInternal(step) ? undefined : 'changed';
  return step.op === 'delete' ? 'removed' : step.op === 'create' ? 'new' : undefined;
}
