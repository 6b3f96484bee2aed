import { Type, type Static } from 'typebox';

export const Notification = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  shiftId: Type.String(),
  message: Type.String(),
  createdAt: Type.String(),
});
export type Notification = Static<typeof Notification>;
