import { isDeepStrictEqual } from 'node:util';
import { withoutBuildContext } from '../../targets/shared/images.ts';
import type { EngineEvent, EventMetadata } from './engine-log.ts';

/** A step of an update, as a preview lists it. */
export interface Step {
  urn: string;
  type: string;
  operation: 'create' | 'update' | 'replace' | 'delete';
  /** The properties that differ, sorted. */
  paths: string[];
  before: EventMetadata['old'];
  after: EventMetadata['new'];
  /** Whether the live resource is not as the state records it. */
  drifted: boolean;
}

/** The steps of a preview by URN, and every resource with its inputs: those that stay the same too. */
export interface Steps {
  steps: Step[];
  all: EventMetadata[];
}

/** Returns what a preview would do, sorted by URN. */
export function readSteps(events: readonly EngineEvent[]): Steps {
  const all: EventMetadata[] = [];
  const refreshed = new Set<string>();
  /** By URN: the properties in which a live resource differs. All of them if it does not exist. */
  const drifted = new Map<string, 'all' | readonly string[]>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const begun = resourcePreEvent?.metadata;
    const ended = resOutputsEvent?.metadata;
    if (begun?.op === 'refresh') refreshed.add(begun.urn);
    else if (begun) {
      refreshed.delete(begun.urn);
      all.push(begun);
    }
    // The engine reads a resource before it plans the step.
    if (ended && refreshed.has(ended.urn)) drifted.set(ended.urn, driftIn(ended));
  }
  const steps = all.flatMap((found) => stepOf(found, drifted.get(found.urn) ?? []));
  return { steps: steps.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)), all };
}

/** Status and defaults can differ too: only what the update changes back is drift. */
function driftIn({ op, detailedDiff }: EventMetadata): 'all' | readonly string[] {
  return op === 'delete' ? 'all' : Object.keys(detailedDiff ?? {});
}

function stepOf(found: EventMetadata, differs: 'all' | readonly string[]): Step[] {
  const { urn, type, old: before, new: after } = found;
  const operation = operationOf(found);
  if (operation === undefined || isSameImage(found)) return [];
  const paths = [
    ...Object.keys(found.detailedDiff ?? {}),
    ...(found.detailedDiff ? [] : (found.diffs ?? [])),
    ...(changesProtection(found) ? ['protect'] : []),
  ];
  const drifted = differs === 'all' || paths.some((path) => differs.includes(path));
  return [{ urn, type, operation, paths: paths.toSorted(), before, after, drifted }];
}

/** Returns undefined for steps without an effect, and for the two parts of a replacement. */
function operationOf(found: EventMetadata): Step['operation'] | undefined {
  switch (found.op) {
    case 'create':
    case 'update':
    case 'replace':
    case 'delete':
      return found.op;
    case 'import':
      return 'create';
    case 'same':
      return changesProtection(found) ? 'update' : undefined;
    default:
      return undefined;
  }
}

/** Whether an update changes nothing but the folder that an image is built from. */
function isSameImage({ type, op, old, new: after }: EventMetadata): boolean {
  if (op !== 'update' || !old || !after || !('build' in after.inputs)) return false;
  return isDeepStrictEqual(withoutBuildContext(type, old.inputs), withoutBuildContext(type, after.inputs));
}

/** Whether the protection of a resource changes. The engine calls such a resource the same. */
function changesProtection({ old, new: after }: EventMetadata): boolean {
  return !!old && !!after && (old.protect !== after.protect || old.retainOnDelete !== after.retainOnDelete);
}
