import type { SourcePlace } from './model.ts';
import type { ServiceSnapshot, Snapshot } from './snapshot.ts';

/** Returns the place of a path of the stack; of its nearest ancestor if the stack file does not have the path. */
export type PlaceOf = (path: readonly (string | number)[]) => SourcePlace | undefined;

/** Both sides of a comparison. A side is undefined if the environment does not exist there. */
export interface Sides {
  before: Snapshot | undefined;
  after: Snapshot | undefined;
  /** Places in the stack files of both sides, as far as they are known. */
  places: { before?: PlaceOf; after?: PlaceOf };
}

/** A service on both sides. */
export interface ServiceSides {
  before: ServiceSnapshot | undefined;
  after: ServiceSnapshot | undefined;
}

export function serviceSides({ before, after }: Sides, name: string): ServiceSides {
  return { before: before?.services[name], after: after?.services[name] };
}

/** Returns the place of a path where it exists: in the stack file of the later side, or of the former one if it is removed. */
export function placeOf(
  { places }: Sides,
  path: readonly (string | number)[],
  removed = false,
): SourcePlace | undefined {
  return removed ? (places.before ?? places.after)?.(path) : places.after?.(path);
}

/** Two values under one key, of which at least one exists and which differ. */
export interface Difference {
  key: string;
  before?: string;
  after?: string;
}

/** Returns the keys of both sides, those of `after` first, in their order. */
export function keysOf(before: object = {}, after: object = {}): string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])];
}

/** Returns the keys whose values differ, in the order of `keysOf`. */
export function differences(
  before: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Difference[] {
  return keysOf(before, after)
    .filter((key) => before[key] !== after[key])
    .map((key) => ({
      key,
      ...(before[key] !== undefined && { before: before[key] }),
      ...(after[key] !== undefined && { after: after[key] }),
    }));
}

/** Returns what the stack file declares for a field of a service. */
export function declaredIn(side: Snapshot | undefined, service: string, field: string): string | undefined {
  return side?.declared[`services.${service}.${field}`];
}

/** Whether a service runs on a schedule. */
export function isCron(side: Snapshot, service: string): boolean {
  return ['cron', 'cron.schedule'].some((field) => declaredIn(side, service, field) !== undefined);
}
