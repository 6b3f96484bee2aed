import { Type, type Static } from 'typebox';

export const Shift = Type.Object({
  id: Type.String(),
  employee: Type.String(),
  role: Type.String(),
  start: Type.String(),
  end: Type.String(),
  note: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
/** Times are ISO 8601 in UTC. */
export type Shift = Static<typeof Shift>;

/**
 * A shift has version 1 when it is created; every change adds 1. Events from before this field existed have no
 * version.
 */
export const VersionedShift = Type.Object({ ...Shift.properties, version: Type.Integer() });
export type VersionedShift = Static<typeof VersionedShift>;
