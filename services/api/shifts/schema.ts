import { Type, type Static } from 'typebox';
import { pageOf, pageQuery } from '../../shared/page.ts';
import { VersionedShift } from '../../shared/shift.ts';

const name = Type.String({ format: 'line', maxLength: 100 });
const instant = Type.String({ format: 'instant' });

export const NewShift = Type.Object(
  {
    employee: name,
    role: name,
    start: instant,
    end: instant,
    note: Type.Optional(
      Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'text', maxLength: 500 }),
    ),
  },
  { additionalProperties: false },
);
export type NewShift = Static<typeof NewShift>;

export const ShiftChanges = Type.Partial(NewShift, { additionalProperties: false, minProperties: 1 });
export type ShiftChanges = Static<typeof ShiftChanges>;

export const ShiftId = Type.Object({ id: Type.String({ format: 'uuid' }) });

/**
 * Selects shifts that overlap the time from `from` up to, but not including, `to`. A date means its midnight in UTC.
 */
export const ShiftQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-or-instant' })),
    to: Type.Optional(Type.String({ format: 'date-or-instant' })),
    ...pageQuery,
  },
  { additionalProperties: false },
);
export type ShiftQuery = Static<typeof ShiftQuery>;

export const ShiftPage = pageOf(VersionedShift);
