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

/** Version 1 is the shift as it was created; every change makes the next one. Events of before this field have none. */
export const VersionedShift = Type.Object({ ...Shift.properties, version: Type.Integer() });
export type VersionedShift = Static<typeof VersionedShift>;
