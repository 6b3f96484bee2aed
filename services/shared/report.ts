import { Type, type Static } from 'typebox';

export const EmployeeHours = Type.Object(
  {
    employee: Type.String({ maxLength: 100 }),
    shifts: Type.Integer({ minimum: 1 }),
    hours: Type.Number({ minimum: 0 }),
  },
  { additionalProperties: false },
);
/**
 * The working hours of one employee in a week. Of a shift that extends into another week, only the part in this one
 * counts.
 */
export type EmployeeHours = Static<typeof EmployeeHours>;

export const Report = Type.Object({
  id: Type.String(),
  week: Type.String(),
  employees: Type.Unsafe<EmployeeHours[] | null>(Type.Union([Type.Array(EmployeeHours), Type.Null()])),
  createdAt: Type.String(),
  completedAt: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
});
/**
 * `week` is a Monday, for example `2026-11-16`. `employees` and `completedAt` are null until the worker has finished.
 */
export type Report = Static<typeof Report>;
