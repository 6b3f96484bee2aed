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
