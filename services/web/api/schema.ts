import { Notification } from '../../shared/notification.ts';
import { pageOf } from '../../shared/page.ts';
import { Shift } from '../../shared/shift.ts';

export type NewShift = Pick<Shift, 'employee' | 'role' | 'start' | 'end' | 'note'>;

export const ShiftPage = pageOf(Shift);
export const NotificationPage = pageOf(Notification);
