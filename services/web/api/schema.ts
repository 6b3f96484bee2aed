import { Type, type Static } from 'typebox';

const Meta = Type.Object({ page: Type.Integer(), pageSize: Type.Integer(), total: Type.Integer() });

export const Shift = Type.Object({
  id: Type.String(),
  employee: Type.String(),
  role: Type.String(),
  start: Type.String(),
  end: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
/** Times are ISO 8601 in UTC. */
export type Shift = Static<typeof Shift>;

export type NewShift = Pick<Shift, 'employee' | 'role' | 'start' | 'end' | 'note'>;

export const Notification = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  shiftId: Type.String(),
  message: Type.String(),
  createdAt: Type.String(),
});
export type Notification = Static<typeof Notification>;

export const ShiftPage = Type.Object({ data: Type.Array(Shift), meta: Meta });
export const NotificationPage = Type.Object({ data: Type.Array(Notification), meta: Meta });

export const ApiErrorBody = Type.Object({
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    details: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  }),
});
