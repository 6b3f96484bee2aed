import { Type, type Static } from 'typebox';
import { PageMeta, pageQuery } from '../paging.ts';

export const Notification = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  shiftId: Type.String(),
  message: Type.String(),
  createdAt: Type.String(),
});
export type Notification = Static<typeof Notification>;

export const NotificationQuery = Type.Object(pageQuery);
export const NotificationPage = Type.Object({ data: Type.Array(Notification), meta: PageMeta });

/** `eventId` names what is notified of: a second notification of the same event is the first one again. */
export const NewNotification = Type.Object(
  {
    eventId: Type.String({ format: 'line', maxLength: 200 }),
    kind: Type.String({ format: 'line', maxLength: 50 }),
    shiftId: Type.String({ format: 'uuid' }),
    message: Type.String({ format: 'text', minLength: 1, maxLength: 1_000 }),
  },
  { additionalProperties: false },
);
export type NewNotification = Static<typeof NewNotification>;
