import { Type, type Static } from 'typebox';
import { Notification } from '../../shared/notification.ts';
import { pageOf } from '../../shared/page.ts';

export const NotificationPage = pageOf(Notification);

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
