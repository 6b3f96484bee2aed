import { Type, type Static } from 'typebox';
import { Notification } from '../../shared/notification.ts';
import { pageOf } from '../../shared/page.ts';

export const NotificationPage = pageOf(Notification);

/** `eventId` identifies the event. A second notification of the same event returns the first one. */
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
